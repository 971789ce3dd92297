/*
 * Reaps the children of the process, with one thread.
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
#include "exit-set.h"

struct spawner;

struct reaper {
    /* Under the event queue's lock. */
    pthread_cond_t changed;
    unsigned births; /* counted, so that one that comes while the thread looks elsewhere is not missed */
    unsigned exits;
    bool idle; /* the thread waits for a birth: there are no children */
    bool pausing;
    bool stopping;
    bool strays; /* there may be children that are not in `set`: only wait4(-1) finds those */
    int64_t prompt_until; /* no pauses until then, monotonic milliseconds */

    pthread_mutex_t collecting; /* one thread at a time looks for ended children */
    struct exit_set set;
    bool has_set; /* wanted by the caller, and the kernel is recent enough */
    int64_t next_stray_check; /* monotonic milliseconds; the thread's own */
    struct event_queue *events;
    struct spawner *spawner;
    pthread_t thread;
};

/* Returns 0 or an errno; `events`, `spawner` and `has_set` are set by the caller. */
int reaper_start(struct reaper *reaper);
/* A child has reached exec; its end may be reported from now on (spawner_keep_exit keeps it until its start is). */
void reaper_watch_child(struct reaper *reaper, pid_t pid);
/*
 * Under the event queue's lock, with the event about it put: there is a new child. `prompt`: its end is likely to be waited
 * for (a wait=yes service takes no request before). Returns whether JavaScript need not be woken for it.
 */
bool reaper_notice_birth(struct reaper *reaper, bool prompt);
/* Called where JavaScript is about to be woken: reports what has ended. */
void reaper_collect(struct reaper *reaper);
/* Called when the process has become one that adopts orphans. */
void reaper_look_for_strays(struct reaper *reaper);
void reaper_stop(struct reaper *reaper);

#endif
