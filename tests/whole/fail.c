/* Makes calls of the system fail, or kills the program at one of them, so that tests see what is left then. Preloaded.
 *
 * A filter of the kernel (seccomp) stops every call that changes something, however it is made: Rust's standard library
 * makes them through the C library, which could be replaced, and rustix makes them itself, which could not. A call that is let
 * through is made again with a mark in its sixth argument, which none of these calls has.
 *
 * FAIL_AT=N       the N-th call fails, counted from 1; with FAIL_ON=1 all later ones do too
 * FAIL_AFTER=N    whatever needs room fails once N bytes were written, as on a full disk
 * FAIL_WITHOUT=C  the system has no such call (EINVAL), as network disks and old kernels
 * FAIL_WITH=E     the number of the error; 0 kills the program before the call is made
 * FAIL_LOG=FILE   a file to which the number of each call is written at the end, in two bytes */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define MARK 0x68616e64
#define MOST 100000
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* The calls, beside those that open or write. */
static const int changing[] = {
#ifdef __NR_mkdir
    __NR_mkdir, __NR_rename, __NR_link, __NR_unlink, __NR_rmdir, __NR_symlink,
#endif
    __NR_mkdirat, __NR_renameat, __NR_renameat2, __NR_linkat, __NR_unlinkat, __NR_symlinkat,
    __NR_fsync, __NR_fdatasync, __NR_ftruncate, __NR_fchmod, __NR_flock,
    /* These change no disk, and a build makes none of them. */
    __NR_socket, __NR_execve,
};

static atomic_long calls, bytes;
static uint16_t made[MOST];
static long at, on, after = -1, with, without;

static long number(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

/* Whether a call needs room on the disk. */
static int needs_room(long call) {
    return call == __NR_write || call == __NR_openat || call == __NR_mkdirat || call == __NR_linkat ||
#ifdef __NR_mkdir
           call == __NR_mkdir || call == __NR_link ||
#endif
           call == __NR_fsync;
}

static int fails(long call, long length) {
    long count = atomic_fetch_add(&calls, 1) + 1;
    if (count <= MOST) made[count - 1] = (uint16_t)call;
    if (after >= 0) {
        long written = call == __NR_write ? atomic_fetch_add(&bytes, length) + length : atomic_load(&bytes);
        return written > after && needs_room(call);
    }
    return at != 0 && (count == at || (on && count > at));
}

static void stopped(int signal, siginfo_t *info, void *context) {
    (void)signal;
    int kept = errno;
    ucontext_t *state = context;
#if defined(__x86_64__)
    greg_t *r = state->uc_mcontext.gregs;
    long a[5] = {r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8]};
#elif defined(__aarch64__)
    unsigned long long *r = state->uc_mcontext.regs;
    long a[5] = {(long)r[0], (long)r[1], (long)r[2], (long)r[3], (long)r[4]};
#else
#error "the registers of this processor are not known here"
#endif
    long call = info->si_syscall, result;
    if (call == without) {
        result = -EINVAL;
    } else if (fails(call, a[2])) {
        if (with == 0) kill(getpid(), SIGKILL);
        result = -with;
    } else {
        result = syscall(call, a[0], a[1], a[2], a[3], a[4], MARK);
        if (result == -1) result = -errno;
    }
#if defined(__x86_64__)
    r[REG_RAX] = result;
#else
    r[0] = (unsigned long long)result;
#endif
    errno = kept;
}

static void give_up(const char *why) {
    if (write(2, why, strlen(why)) < 0) _exit(98);
    _exit(99);
}

#define LOAD(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, what))
#define LET BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define STOP BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP)

__attribute__((constructor)) static void begin(void) {
    at = number("FAIL_AT", 0), on = number("FAIL_ON", 0), after = number("FAIL_AFTER", -1), with = number("FAIL_WITH", 0);
    without = number("FAIL_WITHOUT", -1);
    struct sigaction action = {.sa_sigaction = stopped, .sa_flags = SA_SIGINFO | SA_NODEFER};
    if (sigaction(SIGSYS, &action, NULL) != 0) give_up("fail.c: no handler\n");
    struct sock_filter first[] = {
        LOAD(args[5]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MARK, 0, 1), LET, LOAD(nr),
        /* What is printed is no part of a site. */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_write, 0, 4),
        LOAD(args[0]), BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 2, 0, 1), STOP, LET,
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 4),
        LOAD(args[2]), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_CREAT | O_WRONLY | O_RDWR, 0, 1), STOP, LET,
    };
    struct sock_filter filter[COUNT(first) + 2 * COUNT(changing) + 1];
    size_t length = COUNT(first);
    memcpy(filter, first, sizeof first);
    for (size_t i = 0; i < COUNT(changing); i++) {
        filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)changing[i], 0, 1);
        filter[length++] = (struct sock_filter)STOP;
    }
    filter[length++] = (struct sock_filter)LET;
    struct sock_fprog program = {(unsigned short)length, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        give_up("fail.c: the kernel takes no filter\n");
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAIL_LOG");
    if (!path) return;
    long count = atomic_load(&calls);
    size_t size = (size_t)(count < MOST ? count : MOST) * sizeof made[0];
    long file = syscall(__NR_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, 0644, 0, MARK);
    if (file < 0 || syscall(__NR_write, file, made, size, 0, 0, MARK) != (long)size) give_up("fail.c: no log\n");
}
