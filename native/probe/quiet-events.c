/*
 * Fills the event queue without waking who takes from it, then waits for room, as the reaper does after many ends at once.
 * Prints "room" when there was some; killed by SIGALRM when nobody was woken to make it. For tests.
 */
#define _GNU_SOURCE
#include "../src/events.c"

#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

enum { CAPACITY = 4, PATIENCE_S = 10 };

static struct event_queue queue;
static sem_t woken;

static void wake(void *context)
{
    sem_post(context);
}

static void *take(void *context)
{
    struct event event;
    bool more = true;
    while (sem_wait(context) != 0) {
    }
    while (more && events_take(&queue, &event, 1, &more) == 1) {
    }
    return NULL;
}

int main(void)
{
    pthread_t taker;
    if (!events_init(&queue, CAPACITY, CAPACITY) || sem_init(&woken, 0, 0) != 0 ||
        pthread_create(&taker, NULL, take, &woken) != 0)
        return 2;
    queue.wake = wake;
    queue.wake_context = &woken;
    alarm(PATIENCE_S);
    while (events_try_reserve(&queue)) {
        events_lock(&queue);
        events_put_locked(&queue, &(struct event){.kind = EVENT_EXITED});
        events_unlock_quietly(&queue);
    }
    if (events_reserve(&queue))
        puts("room");
    pthread_join(taker, NULL);
    events_free(&queue);
    return 0;
}
