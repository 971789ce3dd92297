/* Starting a helper thread: all signals blocked (Node's handlers belong to Node's threads), a name, a small stack. */
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
