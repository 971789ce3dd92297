#define _GNU_SOURCE
#include "guard.h"
#include "threads.h"

#include <signal.h>
#include <sys/wait.h>

enum {
    LATE_MS = 100, /* usual are 0.2 to 0.5 */
    CHECKS_PER_TIMEOUT = 4,
};

/*
 * A child that has not reached exec is one that only __WCLONE waits for (see spawner.c), and its pid cannot be reused
 * while its spawner is held. So a pid that passes this check is certainly the one to kill.
 */
static bool is_half_born(pid_t pid)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT | __WCLONE) == 0 && info.si_pid == 0;
}

/* Kills what has had its time, counts what is late; returns whether any child is being made. */
static bool inspect(struct guard *guard, unsigned *late)
{
    int64_t now = monotonic_now_ms();
    int64_t timeout = atomic_load(&guard->timeout);
    bool any = false;
    *late = 0;
    for (unsigned i = 0; i < guard->count; i++) {
        int64_t since = atomic_load(&guard->cradles[i].since);
        if (since == 0)
            continue;
        any = true;
        if (now - since >= LATE_MS)
            ++*late;
        pid_t pid = atomic_load(&guard->cradles[i].pid);
        if (now - since >= timeout && pid > 0 && is_half_born(pid))
            kill(pid, SIGKILL);
    }
    return any;
}

static int64_t check_interval(const struct guard *guard)
{
    int64_t interval = atomic_load(&guard->timeout) / CHECKS_PER_TIMEOUT + 1;
    return interval < LATE_MS ? interval : LATE_MS;
}

static void *guard_run(void *context)
{
    struct guard *guard = context;
    unsigned told = 0;
    pthread_mutex_lock(&guard->lock);
    while (!guard->stopping) {
        /* Announce the sleep first, then look: a child begun in between is either seen here or wakes the thread. */
        atomic_store(&guard->idle, true);
        unsigned late;
        bool any = inspect(guard, &late);
        if (late != told)
            guard->on_late(guard->late_context, late);
        told = late;
        if (!any)
            pthread_cond_wait(&guard->busy, &guard->lock);
        atomic_store(&guard->idle, false);
        /* Children begun now need no look before a while has passed; under load this is the only sleep. */
        struct timespec next = monotonic_deadline(check_interval(guard));
        if (!guard->stopping)
            pthread_cond_timedwait(&guard->busy, &guard->lock, &next);
    }
    pthread_mutex_unlock(&guard->lock);
    return NULL;
}

int guard_start(struct guard *guard)
{
    guard->stopping = false;
    atomic_init(&guard->idle, false);
    pthread_mutex_init(&guard->lock, NULL);
    monotonic_condition_init(&guard->busy);
    return thread_start(&guard->thread, "xcfg-guard", guard_run, guard);
}

void guard_begin(struct guard *guard, struct cradle *cradle)
{
    atomic_store(&cradle->since, monotonic_now_ms());
    if (!atomic_load(&guard->idle))
        return;
    pthread_mutex_lock(&guard->lock);
    atomic_store(&guard->idle, false);
    pthread_cond_signal(&guard->busy);
    pthread_mutex_unlock(&guard->lock);
}

void guard_end(struct cradle *cradle)
{
    atomic_store(&cradle->since, 0);
}

void guard_hurry(struct guard *guard, int64_t timeout)
{
    pthread_mutex_lock(&guard->lock);
    if (timeout < atomic_load(&guard->timeout))
        atomic_store(&guard->timeout, timeout);
    pthread_cond_signal(&guard->busy);
    pthread_mutex_unlock(&guard->lock);
}

void guard_stop(struct guard *guard)
{
    pthread_mutex_lock(&guard->lock);
    guard->stopping = true;
    pthread_cond_signal(&guard->busy);
    pthread_mutex_unlock(&guard->lock);
    pthread_join(guard->thread, NULL);
    pthread_cond_destroy(&guard->busy);
    pthread_mutex_destroy(&guard->lock);
}
