/*
 * Runs a command in whose processes system calls fail for want of memory, as long as their names stand in a file:
 *
 *     short-of-memory FILE COMMAND...
 *
 * The kernel asks for each such call (seccomp), and a process beside the command answers: ENOMEM, or that it may go on. Of
 * clone only what makes servers is asked for. Exits with 77 where the kernel cannot do this. For tests.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

enum { CANNOT = 77 };

static const struct {
    const char *name;
    int number;
} calls[] = {
    {"clone", SYS_clone},
    {"execve", SYS_execve},
    {"accept4", SYS_accept4},
    {"pidfd_open", SYS_pidfd_open},
};
enum { CALLS = sizeof calls / sizeof *calls };

static int give_up(const char *what)
{
    perror(what);
    return CANNOT;
}

static int send_descriptor(int channel, int fd)
{
    char byte = 0, control[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec place = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &place, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *part = CMSG_FIRSTHDR(&message);
    *part = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof fd)};
    memcpy(CMSG_DATA(part), &fd, sizeof fd);
    return sendmsg(channel, &message, 0) == 1 ? 0 : -1;
}

static int receive_descriptor(int channel)
{
    int fd = -1;
    char byte, control[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec place = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &place, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    if (recvmsg(channel, &message, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&message) != NULL)
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    return fd;
}

static int fails(const char *file, int number)
{
    char names[256];
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? 0 : read(fd, names, sizeof names - 1);
    if (fd >= 0)
        close(fd);
    names[size < 0 ? 0 : size] = '\0';
    for (int i = 0; i < CALLS; i++)
        if (calls[i].number == number && strstr(names, calls[i].name) != NULL)
            return 1;
    return 0;
}

/* Until no process with the filter is left. */
static void answer(int listener, const char *file)
{
    struct pollfd ready = {.fd = listener, .events = POLLIN};
    while (poll(&ready, 1, -1) >= 0 && (ready.revents & POLLIN) != 0) {
        struct seccomp_notif asked = {0};
        struct seccomp_notif_resp answer = {0};
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0)
            continue; /* who asked is gone */
        answer.id = asked.id;
        if (fails(file, asked.data.nr))
            answer.error = -ENOMEM;
        else
            answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
}

static int install(void)
{
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF_EQUAL(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), then, otherwise)
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, what)
    struct sock_filter filter[] = {
        LOAD(nr),
        IF_EQUAL(SYS_execve, 6, 0),
        IF_EQUAL(SYS_accept4, 5, 0),
        IF_EQUAL(SYS_pidfd_open, 4, 0),
        IF_EQUAL(SYS_clone, 0, 2),
        LOAD(args[0]), /* the low half, on machines of little endian */
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_VFORK, 1, 0),
        RETURN(SECCOMP_RET_ALLOW),
        RETURN(SECCOMP_RET_USER_NOTIF),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

int main(int count, char **arguments)
{
    int channel[2], status;
    if (count < 3)
        return 2;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0)
        return give_up("socketpair");
    pid_t between = fork();
    if (between == 0) {
        if (fork() == 0) { /* no child of the command's */
            int listener;
            close(channel[0]);
            listener = receive_descriptor(channel[1]);
            close(0);
            close(1);
            close(2);
            if (listener >= 0)
                answer(listener, arguments[1]);
        }
        _exit(0);
    }
    if (between < 0 || waitpid(between, &status, 0) != between)
        return give_up("fork");
    int listener = install();
    if (listener < 0)
        return give_up("seccomp");
    if (send_descriptor(channel[0], listener) != 0)
        return give_up("sendmsg");
    close(listener);
    execvp(arguments[2], arguments + 2);
    return give_up(arguments[2]);
}
