#define _GNU_SOURCE
#include "exit-set.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The number is the same on every architecture; kernel headers older than 5.3 lack it. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

enum {
    LOW_ENOUGH = 128, /* moving a descriptor costs more than copying a table of this size */
    HIGHEST_LOWEST = 16384,
    BATCH = 64,
};

static const uint64_t bell_mark = 0; /* no handle is 0 */

struct watched_child {
    pid_t pid;
    int pidfd;
};

static bool watch(const struct exit_set *set, int fd, uint64_t mark)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = mark};
    return epoll_ctl(set->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/*
 * Taken out before it is closed: epoll watches the open file, not the number. A child between clone and exec may have a copy
 * of the descriptor, and for as long epoll would go on reporting a number that means something else by then.
 */
static void close_watched(const struct exit_set *set, int fd)
{
    epoll_ctl(set->epoll, EPOLL_CTL_DEL, fd, NULL);
    close(fd);
}

/* Before 5.3 a pidfd can be had, but not polled; so this tries both, with this process. */
static bool works(const struct exit_set *set)
{
    int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    bool good = self >= 0 && watch(set, self, bell_mark);
    if (self >= 0)
        close_watched(set, self);
    return good;
}

bool exit_set_open(struct exit_set *set)
{
    struct rlimit limit;
    *set = (struct exit_set){.epoll = epoll_create1(EPOLL_CLOEXEC), .bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    pthread_mutex_init(&set->lock, NULL);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        set->lowest = limit.rlim_cur / 2 < HIGHEST_LOWEST ? (int)(limit.rlim_cur / 2) : HIGHEST_LOWEST;
    if (set->epoll >= 0 && set->bell >= 0 && watch(set, set->bell, bell_mark) && works(set))
        return true;
    exit_set_close(set);
    return false;
}

static void drop_child(void *target)
{
    struct watched_child *child = target;
    close(child->pidfd);
    free(child);
}

void exit_set_close(struct exit_set *set)
{
    if (set->epoll >= 0)
        close(set->epoll);
    if (set->bell >= 0)
        close(set->bell);
    handles_free(&set->children, drop_child);
    pthread_mutex_destroy(&set->lock);
}

/* 0 when there is no memory. */
static uint64_t note(struct exit_set *set, pid_t pid, int pidfd)
{
    struct watched_child *child = malloc(sizeof *child);
    if (child == NULL)
        return 0;
    *child = (struct watched_child){.pid = pid, .pidfd = pidfd};
    pthread_mutex_lock(&set->lock);
    uint64_t handle = handles_add(&set->children, child);
    pthread_mutex_unlock(&set->lock);
    if (handle == 0)
        free(child);
    return handle;
}

static int open_high(const struct exit_set *set, pid_t pid)
{
    int low = (int)syscall(SYS_pidfd_open, pid, 0);
    if (low < LOW_ENOUGH)
        return low;
    int high = fcntl(low, F_DUPFD_CLOEXEC, set->lowest);
    if (high < 0)
        return low; /* nothing left up there */
    close(low);
    return high;
}

bool exit_set_add(struct exit_set *set, pid_t pid)
{
    int fd = open_high(set, pid);
    if (fd < 0)
        return errno == ESRCH;
    uint64_t handle = note(set, pid, fd);
    if (handle == 0) {
        close(fd);
        return false;
    }
    if (watch(set, fd, handle))
        return true;
    exit_set_remove(set, handle);
    return false;
}

void exit_set_remove(struct exit_set *set, uint64_t handle)
{
    pthread_mutex_lock(&set->lock);
    struct watched_child *child = handles_remove(&set->children, handle);
    pthread_mutex_unlock(&set->lock);
    if (child == NULL)
        return;
    close_watched(set, child->pidfd);
    free(child);
}

void exit_set_wait(struct exit_set *set, int milliseconds)
{
    struct epoll_event event;
    uint64_t rings;
    /* The event itself is left for exit_set_ended: the set is level-triggered. */
    if (epoll_wait(set->epoll, &event, 1, milliseconds) == 1 && event.data.u64 == bell_mark)
        while (read(set->bell, &rings, sizeof rings) < 0 && errno == EINTR) {
        }
}

void exit_set_ring(struct exit_set *set)
{
    uint64_t ring = 1;
    while (write(set->bell, &ring, sizeof ring) < 0 && errno == EINTR) {
    }
}

unsigned exit_set_ended(struct exit_set *set, struct ended_child *children, unsigned most)
{
    struct epoll_event events[BATCH];
    int count = epoll_wait(set->epoll, events, most < BATCH ? (int)most : BATCH, 0);
    unsigned ended = 0;
    pthread_mutex_lock(&set->lock);
    for (int i = 0; i < count; i++) {
        const struct watched_child *child = handles_find(&set->children, events[i].data.u64);
        if (child != NULL)
            children[ended++] = (struct ended_child){.handle = events[i].data.u64, .pid = child->pid};
    }
    pthread_mutex_unlock(&set->lock);
    return ended;
}
