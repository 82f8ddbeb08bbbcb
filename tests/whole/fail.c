/* Makes one call of the system fail, so that tests see what a program does then. Loaded before the C library.
 * FAIL_AT=N: the N-th call that changes something fails; with FAIL_ON=1 all later ones do too, as on a full disk.
 * FAIL_WITH: the number of the error. FAIL_COUNT: a file to which the number of such calls is written at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

static int fails(void) {
    long call = atomic_fetch_add(&calls, 1) + 1, at = number("FAIL_AT");
    if (at == 0 || call < at || (call > at && !number("FAIL_ON"))) return 0;
    errno = (int)number("FAIL_WITH");
    return 1;
}

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("FAIL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld", atomic_load(&calls));
    fclose(file);
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

ssize_t write(int fd, const void *bytes, size_t length) {
    /* What is printed is no part of a site. */
    if (fd > 2 && fails()) return -1;
    return REAL(ssize_t, "write", int, const void *, size_t)(fd, bytes, length);
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) && fails()) return -1;
    return REAL(int, name, const char *, int, mode_t)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & O_CREAT) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened("open64", path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
    return fails() ? -1 : REAL(int, "mkdir", const char *, mode_t)(path, mode);
}

int rename(const char *from, const char *to) {
    return fails() ? -1 : REAL(int, "rename", const char *, const char *)(from, to);
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    if (fails()) return -1;
    return REAL(int, "linkat", int, const char *, int, const char *, int)(from_at, from, to_at, to, flags);
}

int unlink(const char *path) {
    return fails() ? -1 : REAL(int, "unlink", const char *)(path);
}

int rmdir(const char *path) {
    return fails() ? -1 : REAL(int, "rmdir", const char *)(path);
}

int fsync(int fd) {
    return fails() ? -1 : REAL(int, "fsync", int)(fd);
}
