#define _GNU_SOURCE
#include "watcher.h"
#include "threads.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    WAIT_BATCH = 64,
    ACCEPT_BATCH = 16, /* connections taken from one listener before the next one gets its turn */
};

/* What epoll keeps per descriptor: the handle (52 bits, never 0), and on top whether it is a one-shot watch. */
static const uint64_t bell_mark = 0;
static const uint64_t ready_mark = UINT64_C(1) << 63;

struct watch {
    int fd;
    enum watch_mode mode;
    bool armed;
    bool registered; /* epoll knows the descriptor; a one-shot watch that fired is known and silent */
};

/* Errors that belong to one connection or moment, not to the listener: accept(2) says to go on. */
static bool passes_by_itself(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENETDOWN:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case EOPNOTSUPP:
    case ENETUNREACH:
    case EPERM: /* a firewall rule */
        return true;
    default:
        return false;
    }
}

static int arm(struct watcher *watcher, struct watch *watch, uint64_t handle)
{
    if (watch->armed)
        return 0;
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = handle};
    if (watch->mode == WATCH_READY) {
        event.events |= EPOLLONESHOT;
        event.data.u64 |= ready_mark;
    }
    int operation = watch->registered ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    if (epoll_ctl(watcher->epoll, operation, watch->fd, &event) != 0)
        return errno;
    watch->armed = watch->registered = true;
    return 0;
}

/* Removing instead of clearing the mask, because epoll reports EPOLLHUP and EPOLLERR whatever the mask says. */
static void disarm(struct watcher *watcher, struct watch *watch)
{
    if (watch->registered)
        epoll_ctl(watcher->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
    watch->armed = watch->registered = false;
}

static void report_connection(struct watcher *watcher, uint64_t handle, int fd, const struct address *peer)
{
    struct event event = {
        .kind = EVENT_ACCEPTED,
        .subject = (double)handle,
        .value = fd,
        .detail = peer->any.sa_family,
        .port = address_port(peer),
    };
    event.text_length = address_text(peer, event.text);
    events_put(watcher->events, &event);
}

/* Returns how many of the reserved events were used. */
static unsigned accept_batch(struct watcher *watcher, struct watch *watch, uint64_t handle, unsigned reserved)
{
    unsigned used = 0;
    for (unsigned attempt = 0; attempt < reserved; attempt++) {
        struct address peer = {.length = sizeof peer.storage};
        int fd = accept4(watch->fd, &peer.any, &peer.length, SOCK_CLOEXEC);
        if (fd >= 0) {
            if (used++ == 0)
                reaper_collect(watcher->reaper);
            report_connection(watcher, handle, fd, &peer);
            continue;
        }
        int error = errno;
        if (error == EAGAIN || error == EWOULDBLOCK)
            break;
        if (passes_by_itself(error))
            continue;
        disarm(watcher, watch);
        events_put(watcher->events,
                   &(struct event){.kind = EVENT_ACCEPT_FAILED, .subject = (double)handle, .detail = error});
        return used + 1;
    }
    return used;
}

/* Here and below room is reserved before the lock is taken: JavaScript, which makes room, may be waiting for the lock. */
static void serve_listener(struct watcher *watcher, uint64_t handle)
{
    unsigned reserved =
        events_reserve_accepts(watcher->events, ACCEPT_BATCH, spawner_is_behind, watcher->spawner);
    unsigned used = 0;
    pthread_mutex_lock(&watcher->lock);
    struct watch *watch = handles_find(&watcher->watches, handle);
    if (watch != NULL && watch->armed)
        used = accept_batch(watcher, watch, handle, reserved);
    pthread_mutex_unlock(&watcher->lock);
    events_release_accepts(watcher->events, reserved - used);
}

static void serve_readable(struct watcher *watcher, uint64_t handle)
{
    if (!events_reserve(watcher->events))
        return;
    pthread_mutex_lock(&watcher->lock);
    struct watch *watch = handles_find(&watcher->watches, handle);
    bool fires = watch != NULL && watch->armed;
    if (fires)
        watch->armed = false;
    pthread_mutex_unlock(&watcher->lock);
    if (fires)
        reaper_collect(watcher->reaper);
    if (fires)
        events_put(watcher->events, &(struct event){.kind = EVENT_READY, .subject = (double)handle});
    else
        events_release(watcher->events);
}

static void serve(struct watcher *watcher, uint64_t mark)
{
    if (mark == bell_mark)
        return;
    if ((mark & ready_mark) != 0)
        serve_readable(watcher, mark & ~ready_mark);
    else
        serve_listener(watcher, mark);
}

static void *watcher_run(void *context)
{
    struct watcher *watcher = context;
    struct epoll_event fired[WAIT_BATCH];
    while (!atomic_load(&watcher->stopping)) {
        int count = epoll_wait(watcher->epoll, fired, WAIT_BATCH, -1);
        for (int i = 0; i < count && !atomic_load(&watcher->stopping); i++)
            serve(watcher, fired[i].data.u64);
    }
    return NULL;
}

static int open_descriptors(struct watcher *watcher)
{
    watcher->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (watcher->epoll < 0)
        return errno;
    watcher->bell = eventfd(0, EFD_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = bell_mark};
    if (watcher->bell < 0 || epoll_ctl(watcher->epoll, EPOLL_CTL_ADD, watcher->bell, &event) != 0)
        return errno;
    return 0;
}

static void close_descriptors(struct watcher *watcher)
{
    if (watcher->epoll >= 0)
        close(watcher->epoll);
    if (watcher->bell >= 0)
        close(watcher->bell);
}

int watcher_start(struct watcher *watcher)
{
    watcher->epoll = watcher->bell = -1;
    atomic_init(&watcher->stopping, false);
    pthread_mutex_init(&watcher->lock, NULL);
    int error = open_descriptors(watcher);
    if (error == 0)
        error = thread_start(&watcher->thread, "xcfg-accept", watcher_run, watcher);
    if (error != 0) {
        close_descriptors(watcher);
        pthread_mutex_destroy(&watcher->lock);
    }
    return error;
}

/* The flag lives in the open file, which a wait=yes server shares: it gets the listener blocking, as xinetd hands it over. */
static int set_blocking(int fd, bool blocking)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0)
        return errno;
    int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    return wanted == flags || fcntl(fd, F_SETFL, wanted) == 0 ? 0 : errno;
}

static int check_listening(int fd)
{
    int listening;
    socklen_t length = sizeof listening;
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0)
        return errno;
    return listening != 0 ? 0 : EINVAL;
}

int watcher_add(struct watcher *watcher, int fd, enum watch_mode mode, uint64_t *handle)
{
    int error = mode == WATCH_ACCEPT ? check_listening(fd) : 0;
    if (error == 0)
        error = set_blocking(fd, mode == WATCH_READY);
    if (error != 0)
        return error;
    struct watch *watch = malloc(sizeof *watch);
    if (watch == NULL)
        return ENOMEM;
    *watch = (struct watch){.fd = fd, .mode = mode};
    pthread_mutex_lock(&watcher->lock);
    *handle = handles_add(&watcher->watches, watch);
    error = *handle == 0 ? ENOMEM : arm(watcher, watch, *handle);
    if (error != 0) {
        handles_remove(&watcher->watches, *handle);
        free(watch);
    }
    pthread_mutex_unlock(&watcher->lock);
    return error;
}

int watcher_pause(struct watcher *watcher, uint64_t handle)
{
    pthread_mutex_lock(&watcher->lock);
    struct watch *watch = handles_find(&watcher->watches, handle);
    if (watch != NULL)
        disarm(watcher, watch);
    pthread_mutex_unlock(&watcher->lock);
    return watch == NULL ? ENOENT : 0;
}

int watcher_resume(struct watcher *watcher, uint64_t handle)
{
    pthread_mutex_lock(&watcher->lock);
    struct watch *watch = handles_find(&watcher->watches, handle);
    int error = watch == NULL ? ENOENT : arm(watcher, watch, handle);
    pthread_mutex_unlock(&watcher->lock);
    return error;
}

int watcher_remove(struct watcher *watcher, uint64_t handle)
{
    pthread_mutex_lock(&watcher->lock);
    struct watch *watch = handles_remove(&watcher->watches, handle);
    if (watch != NULL)
        disarm(watcher, watch);
    pthread_mutex_unlock(&watcher->lock);
    free(watch);
    return watch == NULL ? ENOENT : 0;
}

void watcher_stop(struct watcher *watcher)
{
    atomic_store(&watcher->stopping, true);
    uint64_t ring = 1;
    while (write(watcher->bell, &ring, sizeof ring) < 0 && errno == EINTR) {
    }
    pthread_join(watcher->thread, NULL);
    close_descriptors(watcher);
    handles_free(&watcher->watches, free);
    pthread_mutex_destroy(&watcher->lock);
}
