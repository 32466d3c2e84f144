/// Items that need each other in a circle: none of them can be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("式が互いを参照していて計算できません。どれかの式から参照を外してください。")]
pub struct Cycle {
    /// The items of the circle, each needing the next, the last the first.
    pub items: Vec<usize>,
}

/// The order in which items are computed so that each comes after those it needs; items that do not depend on each other
/// keep their order. `needs(item)` lists the items an item needs.
pub fn dependency_order<'needs>(count: usize, needs: impl Fn(usize) -> &'needs [usize]) -> Result<Vec<usize>, Cycle> {
    let mut state = vec![State::New; count];
    let mut order = Vec::with_capacity(count);
    for item in 0..count {
        visit(item, &needs, &mut state, &mut order)?;
    }
    Ok(order)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first, with its own stack: a chain of a thousand items must not end in the machine's stack.
fn visit<'needs>(
    item: usize,
    needs: &impl Fn(usize) -> &'needs [usize],
    state: &mut [State],
    order: &mut Vec<usize>,
) -> Result<(), Cycle> {
    let mut path: Vec<(usize, usize)> = vec![(item, 0)];
    while let Some((at, next)) = path.last_mut() {
        let current = *at;
        if *next == 0 {
            match state.get_mut(current) {
                Some(done) if *done == State::New => *done = State::Open,
                _ => {
                    path.pop();
                    continue;
                }
            }
        }
        let Some(&needed) = needs(current).get(*next) else {
            if let Some(done) = state.get_mut(current) {
                *done = State::Done;
            }
            order.push(current);
            path.pop();
            continue;
        };
        *next = next.saturating_add(1);
        match state.get(needed) {
            Some(State::New) => path.push((needed, 0)),
            Some(State::Open) => {
                let circle = path.iter().map(|(on_path, _)| *on_path).skip_while(|on_path| *on_path != needed);
                return Err(Cycle { items: circle.collect() });
            }
            _ => {}
        }
    }
    Ok(())
}
