/* The queue of starts and the threads that make the children. */
#ifndef XCFG_SPAWNER_H
#define XCFG_SPAWNER_H

#include "borrowed.h"
#include "events.h"
#include "guard.h"
#include "plan.h"

enum {
    MAX_SPAWNERS = 4,
    SPARE_SPAWNERS = 8, /* take over while others are held up; until then they sleep */
    MAX_THREADS = MAX_SPAWNERS + SPARE_SPAWNERS,
    SPARE_FOR_OTHERS = 4, /* of these, that no single program may hold */
    MAX_EXTRA_ENV = 16,
};

/* One queued start. */
struct start {
    struct plan *plan; /* a reference of its own */
    double token;
    int stdio[3];
    int close_fd; /* -1: none */
    unsigned extra_count;
    char *extra[MAX_EXTRA_ENV]; /* point into `text` */
    char text[];
};

struct reaper;
struct spawner;

struct spawner_thread {
    struct spawner *spawner;
    unsigned index;
    struct cradle *cradle;
    char *stack; /* of the child */
    char **envp; /* room for the plan's environment and the extra words */
    size_t envp_size;
    pthread_t thread;
    bool has_exit;
    struct event exit; /* of a child that ended before its start was reported; under the event queue's lock */
};

struct spawner {
    pthread_mutex_t lock;
    pthread_cond_t work; /* for the threads that may take a start */
    pthread_cond_t spare; /* for the others */
    struct start **ring;
    unsigned capacity, first;
    atomic_uint count;
    atomic_uint ready; /* of these, what a thread may take: no start of a program that has all its threads, see most_of_one */
    unsigned limit; /* starts at a time */
    atomic_uint late; /* starts held up, see guard.h: for each a spare thread may take starts */
    bool stopping;
    bool has_close_range;
    uint64_t realtime_signals; /* see child.h */
    unsigned thread_count;
    struct spawner_thread threads[MAX_THREADS];
    struct cradle cradles[MAX_THREADS];
    struct event_queue *events;
    struct guard *guard;
    struct reaper *reaper;
    struct borrowed borrowed;
};

/* Returns 0 or an errno; `capacity`, `limit`, `events`, `guard`, `reaper` are set by the caller. */
int spawner_start(struct spawner *spawner);
/* Takes over `start`, and borrows the descriptors that it does not hand over. 0, EAGAIN when the queue is full, ENOMEM. */
int spawner_queue(struct spawner *spawner, struct start *start);
/* For the guard: so many starts are held up. */
void spawner_tell_late(void *spawner, unsigned late);
/* For the watcher: there is work enough, so no more connections now. */
bool spawner_is_behind(void *spawner);
/* Called by the reaper under the event queue's lock: keeps an exit until its start is reported. False: not one of ours. */
bool spawner_keep_exit(struct spawner *spawner, pid_t pid, const struct event *exit);

/* Ends and joins the threads; what is still queued stays for spawner_cancel. */
void spawner_stop(struct spawner *spawner);
/* After spawner_stop: takes a start out of the queue, NULL when it is empty. */
struct start *spawner_cancel(struct spawner *spawner);
void spawner_free(struct spawner *spawner);

void start_free(struct start *start);

#endif
