#define _GNU_SOURCE
#include "reaper.h"
#include "spawner.h"
#include "threads.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAUSE_MS = 10,
    PROMPT_MS = 50, /* a server that runs longer does not notice a pause */
    STRAY_CHECK_MS = 1000,
    BATCH = 64,
};

static double micros(struct timeval time)
{
    return (double)time.tv_sec * 1e6 + (double)time.tv_usec;
}

/* Reaps one child (-1: any) that has ended and reports it, without waking JavaScript. Returns what wait4 did. */
static pid_t reap_one(struct reaper *reaper, pid_t which)
{
    int status;
    struct rusage usage;
    pid_t pid = wait4(which, &status, WNOHANG, &usage);
    if (pid <= 0) {
        events_release(reaper->events);
        return pid;
    }
    struct event event = {
        .kind = EVENT_EXITED,
        .subject = pid,
        .value = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        .detail = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
        .cpu_micros = micros(usage.ru_utime) + micros(usage.ru_stime),
    };
    events_lock(reaper->events);
    reaper->exits++;
    if (!spawner_keep_exit(reaper->spawner, pid, &event))
        events_put_locked(reaper->events, &event);
    events_unlock_quietly(reaper->events);
    return pid;
}

/* Reaps the children of the set that have ended; false when the event queue is full. */
static bool collect_watched(struct reaper *reaper)
{
    struct ended_child ended[BATCH];
    unsigned count;
    do {
        count = exit_set_ended(&reaper->set, ended, BATCH);
        for (unsigned i = 0; i < count; i++) {
            if (!events_try_reserve(reaper->events))
                return false;
            reap_one(reaper, ended[i].pid);
            /* Also when a search for strays was faster. */
            exit_set_remove(&reaper->set, ended[i].handle);
        }
    } while (count == BATCH);
    return true;
}

/* Looks at all children; false when the event queue is full. */
static bool collect_all(struct reaper *reaper)
{
    events_lock(reaper->events);
    unsigned births = reaper->births;
    events_unlock_quietly(reaper->events);
    pid_t pid;
    do {
        if (!events_try_reserve(reaper->events))
            return false;
        pid = reap_one(reaper, -1);
    } while (pid > 0);
    events_lock(reaper->events);
    if (pid < 0 && reaper->births == births)
        reaper->strays = false; /* ECHILD: there are no children at all */
    events_unlock_quietly(reaper->events);
    return true;
}

static bool collect(struct reaper *reaper)
{
    pthread_mutex_lock(&reaper->collecting);
    bool complete = reaper->has_set ? collect_watched(reaper) : collect_all(reaper);
    pthread_mutex_unlock(&reaper->collecting);
    return complete;
}

void reaper_collect(struct reaper *reaper)
{
    events_lock(reaper->events);
    bool pausing = reaper->pausing;
    events_unlock_quietly(reaper->events);
    /* Without a set it costs more with each living child, and while the thread is not pausing it is about to do it. */
    if (reaper->has_set || pausing)
        collect(reaper);
}

/* PID 1 and subreapers get children they did not start. */
static bool adopts_orphans(void)
{
    int subreaper = 0;
    return getpid() == 1 || (prctl(PR_GET_CHILD_SUBREAPER, &subreaper) == 0 && subreaper != 0);
}

/* With a set: looks for other children, if there may be any and it is time. Returns whether there may be any. */
static bool check_strays(struct reaper *reaper)
{
    events_lock(reaper->events);
    bool strays = reaper->strays;
    events_unlock_quietly(reaper->events);
    if (!strays && !adopts_orphans())
        return false;
    int64_t now = monotonic_now_ms();
    if (now >= reaper->next_stray_check) {
        reaper->next_stray_check = now + STRAY_CHECK_MS;
        pthread_mutex_lock(&reaper->collecting);
        collect_all(reaper);
        pthread_mutex_unlock(&reaper->collecting);
    }
    return true;
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
        /* Waiting for room must not happen under the lock: who makes it may be waiting for the watcher, who waits here. */
        while (!collect(reaper) && events_reserve(reaper->events))
            events_release(reaper->events);
        if (reaper->has_set)
            check_strays(reaper);
        events_flush(reaper->events);
        events_lock(reaper->events);
        if (reaper->prompt_until != 0 && monotonic_now_ms() > reaper->prompt_until)
            reaper->prompt_until = 0;
        active = reaper->prompt_until == 0 && !reaper->stopping && pause_once(reaper);
        events_unlock(reaper->events); /* wakes for what spawners put quietly meanwhile */
    }
}

/* Without a set and without children: waits for the next start, or, adopting orphans, for a while. */
static void wait_for_birth(struct reaper *reaper, unsigned births_before)
{
    struct timespec next = monotonic_deadline(STRAY_CHECK_MS);
    bool adopts = adopts_orphans();
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

/*
 * Without a set: waits until some child has ended; it stays a zombie. The thread may be cancelled in waitid and nowhere else:
 * waiting for children has no time limit, and nothing but a signal ends it.
 */
static void wait_for_zombie(struct reaper *reaper)
{
    int before;
    siginfo_t info;
    events_lock(reaper->events);
    unsigned births = reaper->births;
    events_unlock_quietly(reaper->events);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before);
    int error = waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == 0 ? 0 : errno;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    if (error == ECHILD)
        wait_for_birth(reaper, births);
}

static bool is_stopping(struct reaper *reaper)
{
    events_lock(reaper->events);
    bool stopping = reaper->stopping;
    events_unlock_quietly(reaper->events);
    return stopping;
}

static void *reaper_run(void *context)
{
    struct reaper *reaper = context;
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    while (!is_stopping(reaper)) {
        if (reaper->has_set)
            exit_set_wait(&reaper->set, check_strays(reaper) ? STRAY_CHECK_MS : -1);
        else
            wait_for_zombie(reaper);
        reap(reaper);
    }
    return NULL;
}

int reaper_start(struct reaper *reaper)
{
    monotonic_condition_init(&reaper->changed);
    pthread_mutex_init(&reaper->collecting, NULL);
    reaper->has_set = reaper->has_set && exit_set_open(&reaper->set);
    reaper->strays = true; /* children from before the start */
    int error = thread_start(&reaper->thread, "xcfg-reap", reaper_run, reaper);
    if (error == 0)
        return 0;
    if (reaper->has_set)
        exit_set_close(&reaper->set);
    pthread_mutex_destroy(&reaper->collecting);
    pthread_cond_destroy(&reaper->changed);
    return error;
}

void reaper_watch_child(struct reaper *reaper, pid_t pid)
{
    if (!reaper->has_set || exit_set_add(&reaper->set, pid))
        return;
    events_lock(reaper->events);
    reaper->strays = true;
    events_unlock_quietly(reaper->events);
    exit_set_ring(&reaper->set);
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

void reaper_look_for_strays(struct reaper *reaper)
{
    if (reaper->has_set)
        exit_set_ring(&reaper->set);
}

void reaper_stop(struct reaper *reaper)
{
    events_lock(reaper->events);
    reaper->stopping = true;
    pthread_cond_signal(&reaper->changed);
    events_unlock(reaper->events);
    if (reaper->has_set)
        exit_set_ring(&reaper->set);
    else
        pthread_cancel(reaper->thread);
    pthread_join(reaper->thread, NULL);
    if (reaper->has_set)
        exit_set_close(&reaper->set);
    pthread_mutex_destroy(&reaper->collecting);
    pthread_cond_destroy(&reaper->changed);
}
