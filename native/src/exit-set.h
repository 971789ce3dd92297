/*
 * The children whose end is waited for, as pidfds in an epoll set. wait4(-1) looks at every living child each time it is
 * called (measured: 90 ns each, so with 8,000 running servers more than the start of one); this finds those that have
 * ended without looking at the others.
 */
#ifndef XCFG_EXIT_SET_H
#define XCFG_EXIT_SET_H

#include "handles.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

struct exit_set {
    int epoll, bell;
    int lowest; /* many pidfds go to numbers from here on: low ones are for connections, see child.c */
    pthread_mutex_t lock; /* over `children` */
    struct handles children; /* epoll knows them by their handle, so a late event is about nobody */
};

/* A child that has ended and can be reaped. */
struct ended_child {
    uint64_t handle;
    pid_t pid;
};

/* False where it cannot be: no pidfd in epoll before Linux 5.3. */
bool exit_set_open(struct exit_set *set);
void exit_set_close(struct exit_set *set);

/* False when there is no descriptor or memory for it. A child that was reaped already needs none. */
bool exit_set_add(struct exit_set *set, pid_t pid);
/* After the child was reaped. */
void exit_set_remove(struct exit_set *set, uint64_t handle);
/* Waits until a child has ended, the bell rings, or the time is over (-1: no limit). */
void exit_set_wait(struct exit_set *set, int milliseconds);
/* Ends a wait. */
void exit_set_ring(struct exit_set *set);
/* Up to `most` children that have ended, without waiting. */
unsigned exit_set_ended(struct exit_set *set, struct ended_child *children, unsigned most);

#endif
