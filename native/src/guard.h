/*
 * A child that is stopped, or stuck on a dead file system, between clone and exec holds its spawner thread. The guard is
 * a thread that notices: first it lets another spawner take over, then it kills the child with SIGKILL. It sleeps without
 * a limit while no child is being made.
 */
#ifndef XCFG_GUARD_H
#define XCFG_GUARD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* A place for the one child a spawner thread is making. */
struct cradle {
    _Atomic(pid_t) pid; /* written by the kernel (CLONE_PARENT_SETTID) before the child runs; 0: none */
    _Atomic(int64_t) since; /* monotonic milliseconds, 0: no child is being made */
};

struct guard {
    pthread_mutex_t lock;
    pthread_cond_t busy;
    atomic_bool idle; /* the thread sleeps until told */
    bool stopping;
    _Atomic(int64_t) timeout; /* milliseconds */
    void (*on_late)(void *context, unsigned late); /* told how many spawners are held up, when that changes */
    void *late_context;
    struct cradle *cradles;
    unsigned count;
    pthread_t thread;
};

/* Returns 0 or an errno; `cradles` (which must outlive the guard), `count`, `timeout`, `on_late` are set by the caller. */
int guard_start(struct guard *guard);
/* Around the making of a child. */
void guard_begin(struct guard *guard, struct cradle *cradle);
void guard_end(struct cradle *cradle);
/* From now on children get `timeout` milliseconds at most. */
void guard_hurry(struct guard *guard, int64_t timeout);
void guard_stop(struct guard *guard);

#endif
