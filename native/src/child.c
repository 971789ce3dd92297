/*
 * Everything here runs in a child that shares the daemon's memory while the spawner thread that made it stands still.
 * Only raw system calls: no allocation, no lock, no library function that keeps state, and none of glibc's setxid
 * wrappers, which would signal every thread of the daemon to follow. Signals are blocked until the last step.
 */
#define _GNU_SOURCE
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* On 32-bit systems the old calls take 16-bit ids. */
#ifdef SYS_setresuid32
#define CALL_SETGROUPS SYS_setgroups32
#define CALL_SETRESGID SYS_setresgid32
#define CALL_SETRESUID SYS_setresuid32
#else
#define CALL_SETGROUPS SYS_setgroups
#define CALL_SETRESGID SYS_setresgid
#define CALL_SETRESUID SYS_setresuid
#endif

/* Kernel headers older than 5.9 lack these; the number is the same on every architecture. */
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef CLOSE_RANGE_UNSHARE
#define CLOSE_RANGE_UNSHARE 2U
#endif

enum { SIGNALS = _NSIG - 1, SIGNAL_SET_BYTES = SIGNALS / 8, STANDARD_SIGNALS = 32 };
enum { NICE_ZERO = 20 }; /* getpriority the system call returns 20 - nice, so that it is never negative */

_Noreturn static void fail(struct child *child, int error)
{
    child->error = error;
    for (;;)
        syscall(SYS_exit_group, 127);
}

/* Notes the step, makes the call, gives up when it fails. */
static long must(struct child *child, enum child_step step, long result)
{
    child->step = step;
    if (result < 0)
        fail(child, errno);
    return result;
}

static void set_priority(struct child *child, const struct plan *plan)
{
    for (size_t i = 0; i < plan->limit_count; i++)
        must(child, STEP_RLIMIT, syscall(SYS_prlimit64, 0, plan->limits[i].resource, plan->limits[i].amounts, NULL));
    if (plan->nice != 0) {
        long before = must(child, STEP_NICE, syscall(SYS_getpriority, PRIO_PROCESS, 0));
        must(child, STEP_NICE, syscall(SYS_setpriority, PRIO_PROCESS, 0, NICE_ZERO - before + plan->nice));
    }
}

/*
 * Ambient capabilities would survive exec, and a daemon that is not root but holds CAP_SETUID would keep them through
 * setresuid. A server that runs as somebody gets none.
 */
static void drop_capabilities(struct child *child)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    child->step = STEP_CAPABILITIES;
    long cleared = syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (cleared < 0 && errno != EINVAL) /* EINVAL: before Linux 4.3 there was no such set */
        fail(child, errno);
    must(child, STEP_CAPABILITIES, syscall(SYS_capset, &header, none));
}

static void check_no_way_back(struct child *child, const struct plan *plan)
{
    child->step = STEP_REGAIN;
    if (syscall(CALL_SETRESUID, -1L, 0L, -1L) == 0)
        fail(child, EPERM);
    if (plan->has_gid && plan->gid != 0 && syscall(CALL_SETRESGID, -1L, 0L, -1L) == 0)
        fail(child, EPERM);
}

/*
 * From the first change on the child is a process of another user with the daemon's memory. Nobody can attach to it: the
 * kernel makes memory undumpable, which rules out ptrace, before it installs credentials that differ (commit_creds).
 */
static void set_credentials(struct child *child, const struct plan *plan)
{
    if (plan->has_groups)
        must(child, STEP_GROUPS, syscall(CALL_SETGROUPS, plan->group_count, plan->groups));
    if (plan->has_gid)
        must(child, STEP_GID, syscall(CALL_SETRESGID, plan->gid, plan->gid, plan->gid));
    if (!plan->has_uid)
        return;
    must(child, STEP_UID, syscall(CALL_SETRESUID, plan->uid, plan->uid, plan->uid));
    if (plan->uid != 0) {
        drop_capabilities(child);
        check_no_way_back(child, plan);
    }
}

/* Gives the child a descriptor table of its own that ends behind the highest descriptor it needs. */
static void leave_shared_table(struct child *child)
{
    unsigned highest = 2;
    for (int i = 0; i < 3; i++)
        if (child->stdio[i] > (int)highest)
            highest = (unsigned)child->stdio[i];
    must(child, STEP_STDIO, syscall(SYS_close_range, highest + 1, UINT_MAX, CLOSE_RANGE_UNSHARE));
}

struct directory_entry {
    uint64_t inode;
    int64_t offset;
    unsigned short size;
    unsigned char type;
    char name[];
};

static int parse_descriptor(const char *name)
{
    int number = 0;
    for (; *name >= '0' && *name <= '9'; name++)
        number = number * 10 + (*name - '0');
    return *name == '\0' ? number : -1;
}

/* For kernels before 5.9. Everything the daemon opens is close-on-exec; this is for what it was started with. */
static void close_listed(struct child *child)
{
    _Alignas(struct directory_entry) char buffer[1024];
    long directory = must(child, STEP_STDIO, syscall(SYS_openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_CLOEXEC, 0));
    long size;
    while ((size = must(child, STEP_STDIO, syscall(SYS_getdents64, directory, buffer, sizeof buffer))) > 0) {
        for (long at = 0; at < size;) {
            const struct directory_entry *entry = (const struct directory_entry *)(buffer + at);
            int fd = parse_descriptor(entry->name);
            if (fd > 2 && fd != directory)
                syscall(SYS_close, fd);
            at += entry->size;
        }
    }
    syscall(SYS_close, directory);
}

static void set_stdio(struct child *child)
{
    if (child->shares_files)
        leave_shared_table(child);
    int source[3];
    /* First everything out of the way of the three targets, then into place. */
    for (int i = 0; i < 3; i++) {
        long fd = child->stdio[i];
        if (fd < 0)
            fd = must(child, STEP_STDIO, syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR, 0));
        if (fd <= 2)
            fd = must(child, STEP_STDIO, syscall(SYS_fcntl, fd, F_DUPFD, 3));
        source[i] = (int)fd;
    }
    for (int i = 0; i < 3; i++)
        must(child, STEP_STDIO, syscall(SYS_dup3, source[i], i, 0));
    if (child->has_close_range)
        must(child, STEP_STDIO, syscall(SYS_close_range, 3, UINT_MAX, 0));
    else
        close_listed(child);
}

uint64_t child_find_realtime_signals(void)
{
    uint64_t found = 0;
    for (int signal = STANDARD_SIGNALS; signal <= SIGNALS && signal <= 64; signal++) {
        struct sigaction action;
        if (sigaction(signal, NULL, &action) != 0 || action.sa_handler != SIG_DFL)
            found |= UINT64_C(1) << (signal - 1);
    }
    return found;
}

/*
 * exec itself resets what is caught, but between the unblocking and exec no handler of Node may run in shared memory. Node
 * has no way to change what the real-time signals do, so of those only what was found at the start needs a call.
 */
static void reset_signals(struct child *child)
{
    /* All zero is SIG_DFL with no flags, whatever the layout of the kernel's struct is here. */
    static const unsigned char default_action[64];
    static const unsigned char no_signals[SIGNAL_SET_BYTES];
    for (int signal = 1; signal <= SIGNALS; signal++) {
        if (signal == SIGKILL || signal == SIGSTOP)
            continue;
        if (signal < STANDARD_SIGNALS || (child->realtime_signals >> (signal - 1) & 1) != 0)
            must(child, STEP_SIGNALS, syscall(SYS_rt_sigaction, signal, default_action, NULL, SIGNAL_SET_BYTES));
    }
    must(child, STEP_SIGNALS, syscall(SYS_rt_sigprocmask, SIG_SETMASK, no_signals, NULL, SIGNAL_SET_BYTES));
}

int child_main(void *context)
{
    struct child *child = context;
    const struct plan *plan = child->plan;
    set_stdio(child); /* first: a low limit on descriptors must not get in its way */
    set_priority(child, plan);
    if (plan->starts_session)
        must(child, STEP_SETSID, syscall(SYS_setsid));
    set_credentials(child, plan);
    if (plan->has_umask)
        must(child, STEP_UMASK, syscall(SYS_umask, plan->umask));
    must(child, STEP_CWD, syscall(SYS_chdir, plan->cwd));
    reset_signals(child);
    must(child, STEP_EXEC, syscall(SYS_execve, plan->path, plan->argv, child->envp));
    return 127; /* not reached: exec has replaced the program or failed */
}
