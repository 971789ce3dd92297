#define _GNU_SOURCE
#include "reaper.h"
#include "spawner.h"
#include "threads.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAUSE_MS = 10,
    PROMPT_MS = 50, /* a server that runs longer does not notice a pause */
    ORPHAN_CHECK_MS = 1000,
};

static double micros(struct timeval time)
{
    return (double)time.tv_sec * 1e6 + (double)time.tv_usec;
}

/* Under the event queue's lock. */
static void put_exit(struct reaper *reaper, pid_t pid, int status, const struct rusage *usage)
{
    struct event event = {
        .kind = EVENT_EXITED,
        .subject = pid,
        .value = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        .detail = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
        .cpu_micros = micros(usage->ru_utime) + micros(usage->ru_stime),
    };
    reaper->exits++;
    if (!spawner_keep_exit(reaper->spawner, pid, &event))
        events_put_locked(reaper->events, &event);
}

/* Reports all children that have ended by now, without waking JavaScript; `reserve` gets room for one event. */
static void collect(struct reaper *reaper, bool (*reserve)(struct event_queue *))
{
    while (reserve(reaper->events)) {
        int status;
        struct rusage usage;
        pid_t pid = wait4(-1, &status, WNOHANG, &usage);
        if (pid <= 0) {
            events_release(reaper->events);
            return;
        }
        events_lock(reaper->events);
        put_exit(reaper, pid, status, &usage);
        events_unlock_quietly(reaper->events);
    }
}

void reaper_collect(struct reaper *reaper)
{
    events_lock(reaper->events);
    bool pausing = reaper->pausing;
    events_unlock_quietly(reaper->events);
    if (pausing)
        collect(reaper, events_try_reserve);
}

/*
 * Waits until some child has ended; it stays a zombie. The thread may be cancelled here and nowhere else: waiting for
 * children has no time limit, and nothing but a signal ends it. Returns 0 or an errno.
 */
static int wait_for_zombie(void)
{
    int before;
    siginfo_t info;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before);
    int error = waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == 0 ? 0 : errno;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    return error;
}

/*
 * Without children there is nothing to wait for until the next start. Only PID 1 can get children in another way: those
 * left behind by processes that entered its namespace from outside, so it looks again now and then.
 */
static void wait_for_birth(struct reaper *reaper, unsigned births_before)
{
    struct timespec next = monotonic_deadline(ORPHAN_CHECK_MS);
    bool adopts = getpid() == 1;
    int timed_out = 0;
    events_lock(reaper->events);
    reaper->idle = true;
    while (reaper->births == births_before && !reaper->stopping && timed_out == 0) {
        if (adopts)
            timed_out = pthread_cond_timedwait(&reaper->changed, &reaper->events->lock, &next);
        else
            pthread_cond_wait(&reaper->changed, &reaper->events->lock);
    }
    reaper->idle = false;
    events_unlock(reaper->events);
}

/* Under the event queue's lock. Returns whether anything happened during the pause. */
static bool pause_once(struct reaper *reaper)
{
    unsigned births = reaper->births, exits = reaper->exits;
    struct timespec end = monotonic_deadline(PAUSE_MS);
    int timed_out = 0;
    reaper->pausing = true;
    while (timed_out == 0 && !reaper->stopping && reaper->prompt_until == 0)
        timed_out = pthread_cond_timedwait(&reaper->changed, &reaper->events->lock, &end);
    reaper->pausing = false;
    return reaper->births != births || reaper->exits != exits;
}

/* Reaps, and pauses for as long as servers come and go. */
static void reap(struct reaper *reaper)
{
    bool active = true;
    while (active) {
        collect(reaper, events_reserve);
        events_flush(reaper->events);
        events_lock(reaper->events);
        if (reaper->prompt_until != 0 && monotonic_now_ms() > reaper->prompt_until)
            reaper->prompt_until = 0;
        active = reaper->prompt_until == 0 && !reaper->stopping && pause_once(reaper);
        events_unlock(reaper->events); /* wakes for what spawners put quietly meanwhile */
    }
}

static void *reaper_run(void *context)
{
    struct reaper *reaper = context;
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    for (;;) {
        events_lock(reaper->events);
        unsigned births = reaper->births;
        bool stopping = reaper->stopping;
        events_unlock(reaper->events);
        if (stopping)
            return NULL;
        int error = wait_for_zombie();
        if (error == 0)
            reap(reaper);
        else if (error == ECHILD)
            wait_for_birth(reaper, births);
    }
}

int reaper_start(struct reaper *reaper)
{
    monotonic_condition_init(&reaper->changed);
    int error = thread_start(&reaper->thread, "xcfg-reap", reaper_run, reaper);
    if (error != 0)
        pthread_cond_destroy(&reaper->changed);
    return error;
}

bool reaper_notice_birth(struct reaper *reaper, bool prompt)
{
    reaper->births++;
    if (prompt)
        reaper->prompt_until = monotonic_now_ms() + PROMPT_MS;
    if (reaper->idle || (prompt && reaper->pausing))
        pthread_cond_signal(&reaper->changed);
    return reaper->pausing && !prompt;
}

void reaper_stop(struct reaper *reaper)
{
    events_lock(reaper->events);
    reaper->stopping = true;
    pthread_cond_signal(&reaper->changed);
    events_unlock(reaper->events);
    pthread_cancel(reaper->thread);
    pthread_join(reaper->thread, NULL);
    pthread_cond_destroy(&reaper->changed);
}
