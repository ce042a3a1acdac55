/* A disk that can be made to fail, and that remembers what was written to it.

   Preloaded into a Python process, it stands between SQLite and the files below one folder:
   - DISK_TRACE names a file that gets every change in order, for the power cuts that the tests replay;
   - disk_arm() makes the n-th call of one kind fail, once or from then on.
   Kinds: w write, s sync, t truncate, u unlink, r rename and link, o open for writing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096
static char *path_of[FILES];
static const char *folder;
static int trace = -1;
static char fail_kind = 0;
static long fail_at = 0, calls = 0, failed = 0;
static int fail_error = 0, fail_forever = 0, fail_half = 0;

__attribute__((constructor)) static void begin(void) {
    folder = getenv("DISK_FOLDER");
    const char *to = getenv("DISK_TRACE");
    if (to) trace = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* For the test: fail the n-th call (1 is the next) of a kind with an errno. half: write half of it first. */
void disk_arm(char kind, long n, int error, int forever, int half) {
    fail_kind = kind; fail_at = n; fail_error = error; fail_forever = forever; fail_half = half;
    calls = 0; failed = 0;
}
long disk_calls(void) { return calls; }
long disk_failed(void) { return failed; }

static int watched(const char *path) { return folder && path && !strncmp(path, folder, strlen(folder)); }
static const char *name(int fd) { return fd >= 0 && fd < FILES ? path_of[fd] : NULL; }

static int refused(char kind) {
    if (kind != fail_kind) return 0;
    calls++;
    if (calls == fail_at || (fail_forever && calls > fail_at)) { failed++; errno = fail_error; return 1; }
    return 0;
}

/* One record: kind, lengths of path and data, offset or size (8 bytes each), then path and data. */
static void note(char kind, const char *path, uint64_t at, const void *data, uint64_t bytes) {
    if (trace < 0 || !path) return;
    uint64_t head[4] = {kind, strlen(path), bytes, at};
    int before = errno;
    syscall(SYS_write, trace, head, sizeof head);
    syscall(SYS_write, trace, path, head[1]);
    if (bytes) syscall(SYS_write, trace, data, bytes);
    errno = before;
}

#define REAL(type, fn, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, fn)

static int opened(int at, const char *path, int flags, mode_t mode) {
    int writes = watched(path) && (flags & (O_WRONLY | O_RDWR));
    struct stat found;
    int is_new = writes && (flags & O_CREAT) && stat(path, &found);
    if (writes && refused('o')) return -1;
    int fd = syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fd < FILES) {
        free(path_of[fd]);
        path_of[fd] = watched(path) ? strdup(path) : NULL;
        if (is_new) note('c', path, 0, NULL, 0);
        else if (writes && (flags & O_TRUNC)) note('t', path, 0, NULL, 0);
    }
    return fd;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }

int close(int fd) {
    REAL(int, "close", int);
    if (fd >= 0 && fd < FILES) { free(path_of[fd]); path_of[fd] = NULL; }
    return real(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t bytes, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    const char *path = name(fd);
    if (path && refused('w')) {
        if (fail_half && real(fd, data, bytes / 2, at) > 0) note('w', path, at, data, bytes / 2);
        errno = fail_error;
        return -1;
    }
    ssize_t done = real(fd, data, bytes, at);
    if (done > 0) note('w', path, at, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t bytes, off_t at) { return pwrite64(fd, data, bytes, at); }

ssize_t write(int fd, const void *data, size_t bytes) {
    REAL(ssize_t, "write", int, const void *, size_t);
    const char *path = name(fd);
    if (path && refused('w')) return -1;
    off_t at = path ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = real(fd, data, bytes);
    if (done > 0) note('w', path, at, data, done);
    return done;
}

static int synced(int fd, int number) {
    const char *path = name(fd);
    if (path && refused('s')) return -1;
    int done = syscall(number, fd);
    if (!done) note('s', path, 0, NULL, 0);
    return done;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    const char *path = name(fd);
    if (path && refused('t')) return -1;
    int done = real(fd, size);
    if (!done) note('t', path, size, NULL, 0);
    return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (watched(path) && refused('u')) return -1;
    int done = real(path);
    if (!done && watched(path)) note('u', path, 0, NULL, 0);
    return done;
}

static int named(char kind, const char *from, const char *to, int (*real)(const char *, const char *)) {
    if (watched(to) && refused('r')) return -1;
    int done = real(from, to);
    if (!done && watched(to)) note(kind, from, 0, to, strlen(to));
    return done;
}
int rename(const char *from, const char *to) { REAL(int, "rename", const char *, const char *); return named('r', from, to, real); }
int link(const char *from, const char *to) { REAL(int, "link", const char *, const char *); return named('l', from, to, real); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return link(from, to); }
