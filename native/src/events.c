#define _GNU_SOURCE
#include "events.h"

#include <stdlib.h>

bool events_init(struct event_queue *queue, unsigned capacity, unsigned accept_limit)
{
    *queue = (struct event_queue){.capacity = capacity, .accept_limit = accept_limit};
    queue->ring = calloc(capacity, sizeof *queue->ring);
    if (queue->ring == NULL)
        return false;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->room, NULL);
    return true;
}

void events_free(struct event_queue *queue)
{
    pthread_cond_destroy(&queue->room);
    pthread_mutex_destroy(&queue->lock);
    free(queue->ring);
}

static unsigned room(const struct event_queue *queue)
{
    return queue->capacity - queue->count - queue->reserved;
}

/* Under the lock: whether the caller has to wake JavaScript. One wake-up for all that arrives until it comes. */
static bool must_wake(struct event_queue *queue)
{
    bool wake = queue->count > 0 && !queue->wake_pending && queue->wake != NULL;
    if (wake)
        queue->wake_pending = true;
    return wake;
}

/* Under the lock. What was put quietly has to go before there is room. */
static void wait_for_room(struct event_queue *queue)
{
    if (must_wake(queue))
        queue->wake(queue->wake_context);
    queue->waiting++;
    pthread_cond_wait(&queue->room, &queue->lock);
    queue->waiting--;
}

bool events_reserve(struct event_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->closing && room(queue) == 0)
        wait_for_room(queue);
    bool granted = !queue->closing;
    if (granted)
        queue->reserved++;
    pthread_mutex_unlock(&queue->lock);
    return granted;
}

bool events_try_reserve(struct event_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    bool granted = !queue->closing && room(queue) > 0;
    if (granted)
        queue->reserved++;
    pthread_mutex_unlock(&queue->lock);
    return granted;
}

unsigned events_reserve_accepts(struct event_queue *queue, unsigned wanted, bool (*blocked)(void *), void *context)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->closing && (room(queue) == 0 || queue->accepting >= queue->accept_limit || blocked(context)))
        wait_for_room(queue);
    unsigned granted = 0;
    if (!queue->closing) {
        granted = queue->accept_limit - queue->accepting;
        if (granted > room(queue))
            granted = room(queue);
        if (granted > wanted)
            granted = wanted;
        queue->reserved += granted;
        queue->accepting += granted;
    }
    pthread_mutex_unlock(&queue->lock);
    return granted;
}

static void release(struct event_queue *queue, unsigned count, unsigned accepts)
{
    pthread_mutex_lock(&queue->lock);
    queue->reserved -= count;
    queue->accepting -= accepts;
    if (queue->waiting > 0)
        pthread_cond_broadcast(&queue->room);
    pthread_mutex_unlock(&queue->lock);
}

void events_release(struct event_queue *queue)
{
    release(queue, 1, 0);
}

void events_release_accepts(struct event_queue *queue, unsigned count)
{
    if (count > 0)
        release(queue, count, count);
}

void events_lock(struct event_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
}

void events_put_locked(struct event_queue *queue, const struct event *event)
{
    queue->ring[(queue->first + queue->count) % queue->capacity] = *event;
    queue->count++;
    queue->reserved--;
}

void events_unlock(struct event_queue *queue)
{
    bool wake = must_wake(queue);
    pthread_mutex_unlock(&queue->lock);
    if (wake)
        queue->wake(queue->wake_context);
}

void events_unlock_quietly(struct event_queue *queue)
{
    pthread_mutex_unlock(&queue->lock);
}

void events_flush(struct event_queue *queue)
{
    events_lock(queue);
    events_unlock(queue);
}

void events_put(struct event_queue *queue, const struct event *event)
{
    events_lock(queue);
    events_put_locked(queue, event);
    events_unlock(queue);
}

void events_retry(struct event_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    if (queue->waiting > 0)
        pthread_cond_broadcast(&queue->room);
    pthread_mutex_unlock(&queue->lock);
}

void events_close(struct event_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closing = true;
    pthread_cond_broadcast(&queue->room);
    pthread_mutex_unlock(&queue->lock);
}

/* Only what came from accept(2) counts against its limit. */
static bool came_from_accept(const struct event *event)
{
    return event->kind == EVENT_ACCEPTED || event->kind == EVENT_ACCEPT_FAILED;
}

unsigned events_take(struct event_queue *queue, struct event *events, unsigned most, bool *more)
{
    pthread_mutex_lock(&queue->lock);
    unsigned taken = 0;
    while (taken < most && queue->count > 0) {
        events[taken] = queue->ring[queue->first];
        if (came_from_accept(&events[taken]))
            queue->accepting--;
        queue->first = (queue->first + 1) % queue->capacity;
        queue->count--;
        taken++;
    }
    *more = queue->count > 0;
    queue->wake_pending = *more;
    if (queue->waiting > 0)
        pthread_cond_broadcast(&queue->room);
    pthread_mutex_unlock(&queue->lock);
    return taken;
}
