#define _GNU_SOURCE
#include "reaper.h"
#include "spawner.h"
#include "threads.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ORPHAN_CHECK_MS = 1000 };

/*
 * Waits for the end of a child. The thread may be cancelled here and nowhere else: waiting for children has no time limit
 * and nothing but a signal ends it.
 */
static pid_t wait_for_child(int *status, struct rusage *usage)
{
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before);
    pid_t pid = wait4(-1, status, 0, usage);
    int error = errno;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    errno = error;
    return pid;
}

static double micros(struct timeval time)
{
    return (double)time.tv_sec * 1e6 + (double)time.tv_usec;
}

static void report_exit(struct reaper *reaper, pid_t pid, int status, const struct rusage *usage)
{
    struct event event = {
        .kind = EVENT_EXITED,
        .subject = pid,
        .value = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        .detail = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
        .cpu_micros = micros(usage->ru_utime) + micros(usage->ru_stime),
    };
    events_lock(reaper->events);
    if (!spawner_keep_exit(reaper->spawner, pid, &event))
        events_put_locked(reaper->events, &event);
    events_unlock(reaper->events);
}

/*
 * Without children there is nothing to wait for until the next start. Only PID 1 can get children in another way: those
 * left behind by processes that entered its namespace from outside, so it looks again now and then.
 */
static void wait_for_birth(struct reaper *reaper, unsigned births_before)
{
    bool adopts = getpid() == 1;
    events_lock(reaper->events);
    reaper->idle = true;
    if (adopts && reaper->births == births_before && !reaper->stopping) {
        struct timespec next = monotonic_deadline(ORPHAN_CHECK_MS);
        pthread_cond_timedwait(&reaper->birth, &reaper->events->lock, &next);
    }
    while (!adopts && reaper->births == births_before && !reaper->stopping)
        pthread_cond_wait(&reaper->birth, &reaper->events->lock);
    reaper->idle = false;
    events_unlock(reaper->events);
}

static void *reaper_run(void *context)
{
    struct reaper *reaper = context;
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    while (events_reserve(reaper->events)) {
        for (;;) {
            events_lock(reaper->events);
            unsigned births = reaper->births;
            bool stopping = reaper->stopping;
            events_unlock(reaper->events);
            if (stopping)
                return NULL;
            int status;
            struct rusage usage;
            pid_t pid = wait_for_child(&status, &usage);
            if (pid > 0) {
                report_exit(reaper, pid, status, &usage);
                break;
            }
            if (errno == ECHILD)
                wait_for_birth(reaper, births);
        }
    }
    return NULL;
}

int reaper_start(struct reaper *reaper)
{
    monotonic_condition_init(&reaper->birth);
    int error = thread_start(&reaper->thread, "xcfg-reap", reaper_run, reaper);
    if (error != 0)
        pthread_cond_destroy(&reaper->birth);
    return error;
}

void reaper_notice_birth(struct reaper *reaper)
{
    reaper->births++;
    if (reaper->idle)
        pthread_cond_signal(&reaper->birth);
}

void reaper_stop(struct reaper *reaper)
{
    events_lock(reaper->events);
    reaper->stopping = true;
    pthread_cond_signal(&reaper->birth);
    events_unlock(reaper->events);
    pthread_cancel(reaper->thread);
    pthread_join(reaper->thread, NULL);
    pthread_cond_destroy(&reaper->birth);
}
