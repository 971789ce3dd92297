/*
 * Reaps every child of the process, with one thread in wait4.
 *
 * Waking threads is most of what a connection costs beyond its server, and the end of a server needs no attention within
 * microseconds. So after an exit the thread pauses for some milliseconds, and meanwhile exits are collected by the watcher
 * when it has a new connection to report: JavaScript is woken then anyway, and learns of every server that has ended before
 * it decides about the connection (limits on instances would refuse a client whose own earlier server has ended).
 * Measured with one client: one wake-up of JavaScript and none of this thread per connection, instead of three and two.
 */
#ifndef XCFG_REAPER_H
#define XCFG_REAPER_H

#include "events.h"

struct spawner;

struct reaper {
    /* All under the event queue's lock. */
    pthread_cond_t changed;
    unsigned births; /* counted, so that one that comes while the thread finds no child is not missed */
    unsigned exits;
    bool idle; /* the thread waits for a birth: there are no children */
    bool pausing;
    bool stopping;
    int64_t prompt_until; /* no pauses until then, monotonic milliseconds */

    struct event_queue *events;
    struct spawner *spawner;
    pthread_t thread;
};

/* Returns 0 or an errno; `events` and `spawner` are set by the caller. */
int reaper_start(struct reaper *reaper);
/*
 * Under the event queue's lock: there is a new child. `prompt`: its end is likely to be waited for (a wait=yes service
 * takes no request before). Returns whether the event about it may be put quietly.
 */
bool reaper_notice_birth(struct reaper *reaper, bool prompt);
/* Called where JavaScript is about to be woken: reports what has ended, if the thread is pausing. */
void reaper_collect(struct reaper *reaper);
void reaper_stop(struct reaper *reaper);

#endif
