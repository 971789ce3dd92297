/*
 * A child that is stopped, or stuck on a dead file system, between clone and exec holds its spawner thread. The guard is
 * a thread that kills such a child with SIGKILL. It sleeps without a limit while no child is being made.
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
    struct cradle *cradles;
    unsigned count;
    pthread_t thread;
};

/* Returns 0 or an errno. `cradles` must outlive the guard. */
int guard_start(struct guard *guard, struct cradle *cradles, unsigned count, int64_t timeout);
/* Around the making of a child. */
void guard_begin(struct guard *guard, struct cradle *cradle);
void guard_end(struct cradle *cradle);
/* From now on children get `timeout` milliseconds at most. */
void guard_hurry(struct guard *guard, int64_t timeout);
void guard_stop(struct guard *guard);

#endif
