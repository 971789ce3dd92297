/* One thread in epoll_wait: accepts connections, or says once that a descriptor is readable. */
#ifndef XCFG_WATCHER_H
#define XCFG_WATCHER_H

#include "events.h"
#include "handles.h"
#include "reaper.h"
#include "spawner.h"

#include <stdatomic.h>

enum watch_mode { WATCH_ACCEPT, WATCH_READY };

struct watcher {
    pthread_mutex_t lock; /* over `watches` and their descriptors: a descriptor is not closed while it is in use here */
    struct handles watches;
    int epoll, bell; /* `bell`: eventfd that ends the wait */
    atomic_bool stopping;
    pthread_t thread;
    struct event_queue *events;
    struct spawner *spawner; /* while it is behind, accepting waits */
    struct reaper *reaper;
};

/* All return 0 or an errno. */
int watcher_start(struct watcher *watcher);
int watcher_add(struct watcher *watcher, int fd, enum watch_mode mode, uint64_t *watch);
int watcher_pause(struct watcher *watcher, uint64_t watch);
int watcher_resume(struct watcher *watcher, uint64_t watch);
int watcher_remove(struct watcher *watcher, uint64_t watch);

/* Joins the thread. events_close must have been called before. */
void watcher_stop(struct watcher *watcher);

#endif
