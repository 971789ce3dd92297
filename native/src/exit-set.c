#define _GNU_SOURCE
#include "exit-set.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
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

static const uint64_t bell_mark = 0; /* no pid is 0 */

static bool watch(const struct exit_set *set, int fd, uint64_t mark)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = mark};
    return epoll_ctl(set->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* Before 5.3 a pidfd can be had, but not polled; so this tries both, with this process. */
static bool works(const struct exit_set *set)
{
    int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    bool good = self >= 0 && watch(set, self, bell_mark);
    if (self >= 0)
        close(self);
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

void exit_set_close(struct exit_set *set)
{
    for (size_t byte = 0; byte < set->open_size; byte++)
        for (int bit = 0; set->open[byte] != 0 && bit < CHAR_BIT; bit++)
            if ((set->open[byte] >> bit & 1) != 0)
                close((int)(byte * CHAR_BIT) + bit);
    free(set->open);
    if (set->epoll >= 0)
        close(set->epoll);
    if (set->bell >= 0)
        close(set->bell);
    pthread_mutex_destroy(&set->lock);
}

/* Makes room in the map for the descriptor. */
static bool reach(struct exit_set *set, int fd)
{
    size_t needed = (size_t)fd / CHAR_BIT + 1;
    if (needed <= set->open_size)
        return true;
    unsigned char *larger = realloc(set->open, needed * 2);
    if (larger == NULL)
        return false;
    memset(larger + set->open_size, 0, needed * 2 - set->open_size);
    set->open = larger;
    set->open_size = needed * 2;
    return true;
}

static bool note(struct exit_set *set, int fd)
{
    pthread_mutex_lock(&set->lock);
    bool noted = reach(set, fd);
    if (noted)
        set->open[fd / CHAR_BIT] |= (unsigned char)(1 << fd % CHAR_BIT);
    pthread_mutex_unlock(&set->lock);
    return noted;
}

static void forget(struct exit_set *set, int fd)
{
    pthread_mutex_lock(&set->lock);
    set->open[fd / CHAR_BIT] &= (unsigned char)~(1 << fd % CHAR_BIT);
    pthread_mutex_unlock(&set->lock);
    close(fd);
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
    if (!note(set, fd)) {
        close(fd);
        return false;
    }
    if (watch(set, fd, (uint64_t)pid << 32 | (uint32_t)fd))
        return true;
    forget(set, fd);
    return false;
}

void exit_set_remove(struct exit_set *set, const struct ended_child *child)
{
    forget(set, child->pidfd);
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
    for (int i = 0; i < count; i++)
        if (events[i].data.u64 != bell_mark)
            children[ended++] = (struct ended_child){
                .pid = (pid_t)(events[i].data.u64 >> 32),
                .pidfd = (int)(events[i].data.u64 & UINT32_MAX),
            };
    return ended;
}
