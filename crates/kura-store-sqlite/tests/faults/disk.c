/* A disk that fails: preloaded into a process, it stands between the process and the files under KURA_DISK_FOLDER.
 *
 * Every write, ftruncate, fsync and fdatasync on those files is one step. What was written since a file's last fsync is remembered with
 * what stood there before, so that a power failure can be played: at step KURA_DISK_CRASH_AT each file goes back to its last fsync, then
 * some of the lost writes reach it after all, some of them torn at a sector, as KURA_DISK_SEED decides (0: none of them, 1: all), and the
 * process ends with status 77. A file whose folder was not fsynced since it was made may vanish.
 *
 * KURA_DISK_FULL_FROM, _TO: steps that find no space.   KURA_DISK_SYNC_FAILS_AT: the step from which one fsync fails.
 * KURA_DISK_SLOW_US: each fsync takes longer.           KURA_DISK_READ_ONLY: databases open for reading alone.
 * KURA_DISK_STEPS: a file that gets the number of steps and of fsyncs when the process ends.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

typedef struct lost {
    struct lost *next, *before; /* the newer, the older */
    char path[PATH_MAX];
    int truncation;
    off_t place, old_size;      /* of a truncation: the new size */
    size_t length, old_length;
    unsigned char *bytes, *old_bytes;
} lost;

static lost *first, *last;
static char *unborn[1024];
static int unborn_count;
static long steps, syncs, crash_at, full_from, full_to, sync_fails_at, slow_us, read_only;
static uint64_t seed;
static const char *folder;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_write)(int, const void *, size_t), (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t);
static int (*real_open)(const char *, int, ...);

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

static void report(void) {
    const char *path = getenv("KURA_DISK_STEPS");
    if (!path) return;
    int file = real_open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    char text[64];
    int length = snprintf(text, sizeof text, "%ld %ld\n", steps, syncs);
    if (real_write(file, text, (size_t)length) < 0) _exit(78);
    close(file);
}

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_open = dlsym(RTLD_NEXT, "open64");
    folder = getenv("KURA_DISK_FOLDER");
    crash_at = number("KURA_DISK_CRASH_AT");
    full_from = number("KURA_DISK_FULL_FROM");
    full_to = number("KURA_DISK_FULL_TO");
    sync_fails_at = number("KURA_DISK_SYNC_FAILS_AT");
    slow_us = number("KURA_DISK_SLOW_US");
    read_only = number("KURA_DISK_READ_ONLY");
    seed = (uint64_t)number("KURA_DISK_SEED");
    atexit(report);
}

static uint64_t chance(void) {
    uint64_t mixed = seed += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

/* The path behind a descriptor, if it lies in the folder. The index of the write-ahead log is made anew after a crash. */
static int ours(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = folder ? readlink(link, path, PATH_MAX - 1) : -1;
    if (length < 0) return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    return !(length > 4 && strcmp(path + length - 4, "-shm") == 0);
}

static void forget(lost *gone) {
    if (gone->before) gone->before->next = gone->next; else first = gone->next;
    if (gone->next) gone->next->before = gone->before; else last = gone->before;
    free(gone->bytes);
    free(gone->old_bytes);
    free(gone);
}

static void remember(const char *path, int file, int truncation, off_t place, const void *bytes, size_t length) {
    struct stat now;
    if (fstat(file, &now) != 0) _exit(78);
    lost *it = calloc(1, sizeof *it);
    strcpy(it->path, path);
    it->truncation = truncation;
    it->place = place;
    it->old_size = now.st_size;
    it->length = length;
    if (length) memcpy(it->bytes = malloc(length), bytes, length);
    off_t end = truncation || place + (off_t)length > now.st_size ? now.st_size : place + (off_t)length;
    it->old_length = end > place ? (size_t)(end - place) : 0;
    if (it->old_length) {
        it->old_bytes = malloc(it->old_length);
        /* By a descriptor of its own kind: the one at hand may not read. */
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        int reader = real_open(link, O_RDONLY);
        if (pread(reader, it->old_bytes, it->old_length, place) < 0) _exit(78);
        close(reader);
    }
    it->before = last;
    if (last) last->next = it; else first = it;
    last = it;
}

static void put(int file, const void *bytes, size_t length, off_t place) {
    if (length && real_pwrite(file, bytes, length, place) != (ssize_t)length) _exit(78);
}

static void power_failure(void) {
    uint64_t mode = seed;
    for (lost *it = last; it; it = it->before) {
        int file = real_open(it->path, O_RDWR);
        if (file < 0) continue; /* removed meanwhile */
        put(file, it->old_bytes, it->old_length, it->place);
        if (real_ftruncate(file, it->old_size) != 0) _exit(78);
        close(file);
    }
    for (lost *it = first; it; it = it->next) {
        if (mode == 0 || (mode > 1 && chance() % 3 == 0)) continue;
        int file = real_open(it->path, O_RDWR);
        if (file < 0) continue;
        if (it->truncation) {
            if (real_ftruncate(file, it->place) != 0) _exit(78);
        } else {
            size_t length = it->length;
            if (mode > 1 && chance() % 2 == 0) length = (chance() % (length / SECTOR + 1)) * SECTOR;
            put(file, it->bytes, length < it->length ? length : it->length, it->place);
        }
        close(file);
    }
    for (int i = 0; i < unborn_count; i++) {
        if (unborn[i] && mode != 1 && (mode == 0 || chance() % 2 == 0)) unlink(unborn[i]);
    }
    report();
    _exit(77);
}

/* One step; returns an error number or 0. */
static int step(void) {
    steps++;
    if (crash_at && steps == crash_at) power_failure();
    return full_from && steps >= full_from && steps < full_to ? ENOSPC : 0;
}

static int fail(int error) {
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return -1;
}

static ssize_t written(int file, const char *path, const void *bytes, size_t length, off_t place) {
    remember(path, file, 0, place, bytes, length);
    int error = step();
    if (error) {
        forget(last);
        return fail(error);
    }
    ssize_t done = real_pwrite(file, bytes, length, place);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t write(int file, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (!ours(file, path)) return real_write(file, bytes, length);
    pthread_mutex_lock(&one_at_a_time);
    off_t place = lseek(file, 0, fcntl(file, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t done = written(file, path, bytes, length, place);
    if (done > 0) lseek(file, place + done, SEEK_SET);
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t place) {
    char path[PATH_MAX];
    if (!ours(file, path)) return real_pwrite(file, bytes, length, place);
    pthread_mutex_lock(&one_at_a_time);
    return written(file, path, bytes, length, place);
}

static int truncate_to(int file, off_t size) {
    char path[PATH_MAX];
    if (!ours(file, path)) return real_ftruncate(file, size);
    pthread_mutex_lock(&one_at_a_time);
    remember(path, file, 1, size, NULL, 0);
    int error = step();
    if (error) {
        forget(last);
        return fail(error);
    }
    int done = real_ftruncate(file, size);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

int ftruncate(int file, off_t size) { return truncate_to(file, size); }
int ftruncate64(int file, off_t size) { return truncate_to(file, size); }

static int synced(int file, int (*real)(int)) {
    char path[PATH_MAX];
    if (!ours(file, path)) return real(file);
    pthread_mutex_lock(&one_at_a_time);
    step(); /* room is found or missed when bytes are written */
    if (sync_fails_at && steps >= sync_fails_at) {
        sync_fails_at = 0;
        return fail(EIO);
    }
    syncs++;
    size_t length = strlen(path);
    for (int i = 0; i < unborn_count; i++) {
        if (unborn[i] && strncmp(unborn[i], path, length) == 0 && unborn[i][length] == '/') unborn[i] = NULL;
    }
    for (lost *it = first; it;) {
        lost *next = it->next;
        if (strcmp(it->path, path) == 0) forget(it);
        it = next;
    }
    pthread_mutex_unlock(&one_at_a_time);
    if (slow_us) usleep((useconds_t)slow_us);
    return 0; /* the process does not survive the disk, so that nothing real has to be waited for */
}

int fsync(int file) { return synced(file, real_fsync); }
int fdatasync(int file) { return synced(file, real_fdatasync); }

static int opened(const char *path, int flags, mode_t mode) {
    int in_folder = folder && strncmp(path, folder, strlen(folder)) == 0;
    if (in_folder && read_only && (flags & O_ACCMODE) != O_RDONLY && strstr(path, ".sqlite")) {
        errno = EACCES;
        return -1;
    }
    int born = in_folder && (flags & O_CREAT) && access(path, F_OK) != 0;
    int file = real_open(path, flags, mode);
    if (born && file >= 0) {
        pthread_mutex_lock(&one_at_a_time);
        if (unborn_count < 1024) unborn[unborn_count++] = strdup(path);
        pthread_mutex_unlock(&one_at_a_time);
    }
    return file;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? (mode_t)va_arg(rest, int) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? (mode_t)va_arg(rest, int) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}
