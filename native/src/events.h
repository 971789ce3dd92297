/*
 * What happened, on its way from the threads to JavaScript: one bounded queue, so that the order between the threads is
 * kept and nothing grows when JavaScript is behind. A producer reserves room before it acts; without room it waits, and
 * connections stay in the kernel's accept queue, ended children stay zombies.
 */
#ifndef XCFG_EVENTS_H
#define XCFG_EVENTS_H

#include "address.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* src/native/event-codec.ts reads these numbers and this layout. */
enum event_kind {
    EVENT_ACCEPTED = 1, /* subject: watch, value: descriptor, detail: family, port, text: peer */
    EVENT_READY,        /* subject: watch */
    EVENT_ACCEPT_FAILED,/* subject: watch, detail: errno */
    EVENT_SPAWNED,      /* subject: token, value: pid */
    EVENT_SPAWN_FAILED, /* subject: token, value: step, detail: errno, or signal for STEP_KILLED */
    EVENT_EXITED,       /* subject: pid, value: status or -1, detail: signal or 0, cpu_micros */
};

struct event {
    double subject;
    double cpu_micros;
    int32_t kind;
    int32_t value;
    int32_t detail;
    int32_t port;
    int32_t text_length;
    char text[ADDRESS_TEXT_SIZE];
    int32_t unused; /* to a multiple of eight bytes */
};

struct event_queue {
    pthread_mutex_t lock;
    pthread_cond_t room;
    struct event *ring;
    unsigned capacity, first, count;
    unsigned reserved; /* room promised to producers */
    unsigned accepting, accept_limit; /* accepted connections queued or promised room, and how many there may be */
    unsigned waiting; /* producers in need of room */
    bool closing;
    bool wake_pending;
    void (*wake)(void *context);
    void *wake_context;
};

bool events_init(struct event_queue *queue, unsigned capacity, unsigned accept_limit);
void events_free(struct event_queue *queue);

/* Waits for room for one event; false when the runtime is closing. */
bool events_reserve(struct event_queue *queue);
/* The same without waiting: false when there is no room. */
bool events_try_reserve(struct event_queue *queue);
/*
 * Waits for room for at least one accepted connection and while `blocked(context)` holds; returns for how many of
 * `wanted` there is, 0 when the runtime is closing.
 */
unsigned events_reserve_accepts(struct event_queue *queue, unsigned wanted, bool (*blocked)(void *), void *context);
void events_release(struct event_queue *queue);
void events_release_accepts(struct event_queue *queue, unsigned count);

/* Puts one event into reserved room and wakes JavaScript. */
void events_put(struct event_queue *queue, const struct event *event);

/* The same in steps, for those who must keep an order: lock, put any number, unlock (which wakes). */
void events_lock(struct event_queue *queue);
void events_put_locked(struct event_queue *queue, const struct event *event);
void events_unlock(struct event_queue *queue);
/* The same without waking: what was put goes to JavaScript with the next event that wakes it, or when somebody waits for room. */
void events_unlock_quietly(struct event_queue *queue);

/* Wakes JavaScript for what was put quietly. */
void events_flush(struct event_queue *queue);

/* Lets waiting producers look again. */
void events_retry(struct event_queue *queue);
/* From now on reserving fails. */
void events_close(struct event_queue *queue);
/* Takes out up to `most` events; `more` tells whether some are left. */
unsigned events_take(struct event_queue *queue, struct event *events, unsigned most, bool *more);

#endif
