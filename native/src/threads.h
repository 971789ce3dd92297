/*
 * Starting a helper thread: a name, a small stack, and all signals blocked, because Node's handlers belong to Node's
 * threads. Except SIGCHLD: the kernel drops a signal that nobody handles only if the thread it is meant for, here the
 * parent of the child, does not block it; otherwise each exit interrupts the main thread for nothing.
 */
#ifndef XCFG_THREADS_H
#define XCFG_THREADS_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* Returns 0 or an errno. `name` has at most 15 bytes. */
int thread_start(pthread_t *thread, const char *name, void *(*run)(void *), void *context);

/* A condition whose timed waits go by CLOCK_MONOTONIC. */
void monotonic_condition_init(pthread_cond_t *condition);
int64_t monotonic_now_ms(void);
struct timespec monotonic_deadline(int64_t milliseconds_from_now);

#endif
