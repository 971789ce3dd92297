/* One thread in wait4: reaps every child of the process. */
#ifndef XCFG_REAPER_H
#define XCFG_REAPER_H

#include "events.h"

struct spawner;

struct reaper {
    pthread_cond_t birth; /* with the event queue's lock */
    unsigned births; /* counted, so that one that comes while the thread finds no child is not missed */
    bool idle;
    bool stopping;
    struct event_queue *events;
    struct spawner *spawner;
    pthread_t thread;
};

/* Returns 0 or an errno; `events` and `spawner` are set by the caller. */
int reaper_start(struct reaper *reaper);
/* Under the event queue's lock: there is a child to wait for. */
void reaper_notice_birth(struct reaper *reaper);
void reaper_stop(struct reaper *reaper);

#endif
