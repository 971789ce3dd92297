#define _GNU_SOURCE
#include "spawner.h"
#include "child.h"
#include "reaper.h"
#include "threads.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CHILD_STACK = 64 * 1024,
    ENOUGH_PER_THREAD = 2, /* starts that wait for each thread, so that none stands still while more are fetched */
};

/*
 * CLONE_VFORK: the kernel continues this thread when the child has reached exec or died, so no pipe is needed to learn
 * which. CLONE_FILES: the descriptor table is not copied here; the child makes a short one of its own (see child.c), so
 * that a start costs the same with 10 and with 10,000 listeners. No exit signal: until exec, which sets SIGCHLD, the child
 * is one that only __WCLONE waits for. So the reaper never meets a child that failed, and this file never one that runs.
 */
static const int clone_flags = CLONE_VM | CLONE_VFORK | CLONE_PARENT_SETTID;

static bool is_borrowed(const struct start *start, int which)
{
    return start->stdio[which] >= 0 && start->stdio[which] != start->close_fd;
}

static void give_back(struct spawner *spawner, const struct start *start, int count)
{
    for (int i = 0; i < count; i++)
        if (is_borrowed(start, i))
            borrowed_give_back(&spawner->borrowed, start->stdio[i]);
}

/* All or none; false when there is no memory. */
static bool borrow(struct spawner *spawner, const struct start *start)
{
    for (int i = 0; i < 3; i++) {
        if (is_borrowed(start, i) && !borrowed_take(&spawner->borrowed, start->stdio[i])) {
            give_back(spawner, start, i);
            return false;
        }
    }
    return true;
}

void start_free(struct start *start)
{
    plan_release(start->plan);
    free(start);
}

/* Fills the thread's environment: the plan's words, then the extra ones. */
static bool fill_environment(struct spawner_thread *self, const struct start *start)
{
    const struct plan *plan = start->plan;
    size_t size = plan->env_count + start->extra_count + 1;
    if (size > self->envp_size) {
        char **larger = realloc(self->envp, size * sizeof *larger);
        if (larger == NULL)
            return false;
        self->envp = larger;
        self->envp_size = size;
    }
    memcpy(self->envp, plan->env, plan->env_count * sizeof *self->envp);
    memcpy(self->envp + plan->env_count, start->extra, start->extra_count * sizeof *self->envp);
    self->envp[size - 1] = NULL;
    return true;
}

static struct event failed(const struct start *start, enum child_step step, int detail)
{
    return (struct event){.kind = EVENT_SPAWN_FAILED, .subject = start->token, .value = (int)step, .detail = detail};
}

static pid_t wait_unborn(pid_t pid, int *status)
{
    pid_t waited;
    do
        waited = waitpid(pid, status, __WCLONE);
    while (waited < 0 && errno == EINTR);
    return waited;
}

/* Makes the child and says what became of it. */
static struct event make_child(struct spawner_thread *self, const struct start *start)
{
    struct spawner *spawner = self->spawner;
    if (!fill_environment(self, start))
        return failed(start, STEP_FORK, ENOMEM);
    struct child child = {
        .plan = start->plan,
        .envp = self->envp,
        .stdio = {start->stdio[0], start->stdio[1], start->stdio[2]},
        .shares_files = spawner->has_close_range,
        .has_close_range = spawner->has_close_range,
        .realtime_signals = spawner->realtime_signals,
    };
    int flags = clone_flags | (child.shares_files ? CLONE_FILES : 0);
    guard_begin(spawner->guard, self->cradle);
    pid_t pid = clone(child_main, self->stack + CHILD_STACK, flags, &child, (pid_t *)&self->cradle->pid);
    int error = errno;
    guard_end(self->cradle);
    if (pid < 0)
        return failed(start, STEP_FORK, error);
    int status;
    if (wait_unborn(pid, &status) == pid) {
        if (child.error != 0)
            return failed(start, child.step, child.error);
        return failed(start, STEP_KILLED, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    }
    reaper_watch_child(spawner->reaper, pid);
    return (struct event){.kind = EVENT_SPAWNED, .subject = start->token, .value = pid};
}

/* The reaper may have met this child already; its exit then waits here and follows now. */
static void report(struct spawner_thread *self, const struct start *start, const struct event *event)
{
    struct spawner *spawner = self->spawner;
    bool quiet = false;
    events_lock(spawner->events);
    events_put_locked(spawner->events, event);
    /* A descriptor that stays open here is a listener, which takes no request before this server has ended. */
    if (event->kind == EVENT_SPAWNED)
        quiet = reaper_notice_birth(spawner->reaper, start->close_fd < 0 && !self->has_exit);
    if (self->has_exit)
        events_put_locked(spawner->events, &self->exit);
    self->has_exit = false;
    atomic_store(&self->cradle->pid, 0);
    if (quiet)
        events_unlock_quietly(spawner->events);
    else
        events_unlock(spawner->events);
}

static unsigned all_threads(const struct spawner *spawner)
{
    return spawner->limit + SPARE_SPAWNERS;
}

/*
 * A program whose exec hangs (a file on a server that is gone) is in many threads' hands soon. Some are left to others: the
 * rest of its starts wait for the guard to kill the first.
 */
static unsigned most_of_one(const struct spawner *spawner)
{
    return all_threads(spawner) - SPARE_FOR_OTHERS;
}

static void finish(struct spawner *spawner, struct start *start)
{
    pthread_mutex_lock(&spawner->lock);
    if (start->plan->starting-- == most_of_one(spawner)) {
        atomic_fetch_add(&spawner->ready, start->plan->queued);
        pthread_cond_broadcast(&spawner->work);
    }
    pthread_mutex_unlock(&spawner->lock);
    start_free(start);
}

static void carry_out(struct spawner_thread *self, struct start *start)
{
    struct event event = make_child(self, start);
    if (event.kind == EVENT_SPAWNED && start->close_fd >= 0)
        close(start->close_fd);
    give_back(self->spawner, start, 3); /* before the caller hears of it, who may bind the address again */
    report(self, start, &event);
    finish(self->spawner, start);
}

/* Under the lock: the place in the ring, counted from the first. */
static struct start **place(struct spawner *spawner, unsigned index)
{
    return &spawner->ring[(spawner->first + index) % spawner->capacity];
}

/* Under the lock. Takes a start out of the queue; those before it keep their order. */
static struct start *take_out(struct spawner *spawner, unsigned index)
{
    struct start *start = *place(spawner, index);
    for (; index > 0; index--)
        *place(spawner, index) = *place(spawner, index - 1);
    spawner->first = (spawner->first + 1) % spawner->capacity;
    atomic_fetch_sub(&spawner->count, 1);
    start->plan->queued--;
    return start;
}

/* Under the lock. The next start of a program that does not have all its threads already. */
static struct start *take_start(struct spawner *spawner)
{
    unsigned count = atomic_load(&spawner->count);
    unsigned index = 0;
    while (index < count && (*place(spawner, index))->plan->starting == most_of_one(spawner))
        index++;
    if (index == count)
        return NULL;
    struct start *start = take_out(spawner, index);
    unsigned taken = ++start->plan->starting == most_of_one(spawner) ? 1 + start->plan->queued : 1;
    atomic_fetch_sub(&spawner->ready, taken);
    return start;
}

/* Under the lock. */
static bool may_start(const struct spawner_thread *self)
{
    return self->index < self->spawner->limit + atomic_load(&self->spawner->late);
}

/* NULL when the runtime is stopping. */
static struct start *wait_for_start(struct spawner_thread *self)
{
    struct spawner *spawner = self->spawner;
    pthread_mutex_lock(&spawner->lock);
    bool was_behind = spawner_is_behind(spawner);
    struct start *start = NULL;
    while (!spawner->stopping && (!may_start(self) || (start = take_start(spawner)) == NULL)) {
        pthread_cond_wait(may_start(self) ? &spawner->work : &spawner->spare, &spawner->lock);
        was_behind = spawner_is_behind(spawner);
    }
    pthread_mutex_unlock(&spawner->lock);
    if (was_behind && !spawner_is_behind(spawner))
        events_retry(spawner->events);
    return start;
}

static void *spawner_run(void *context)
{
    struct spawner_thread *self = context;
    struct spawner *spawner = self->spawner;
    /* Room for the outcome first: when JavaScript is behind, nothing is started whose pid could not be told. */
    while (events_reserve(spawner->events)) {
        struct start *start = wait_for_start(self);
        if (start == NULL) {
            events_release(spawner->events);
            break;
        }
        carry_out(self, start);
    }
    return NULL;
}

static int start_thread(struct spawner *spawner, unsigned index)
{
    struct spawner_thread *self = &spawner->threads[index];
    self->spawner = spawner;
    self->index = index;
    self->cradle = &spawner->cradles[index];
    self->stack = mmap(NULL, CHILD_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (self->stack == MAP_FAILED) {
        self->stack = NULL;
        return ENOMEM;
    }
    char name[] = "xcfg-spawn-00";
    name[sizeof name - 3] = (char)('0' + index / 10);
    name[sizeof name - 2] = (char)('0' + index % 10);
    return thread_start(&self->thread, name, spawner_run, self);
}

int spawner_start(struct spawner *spawner)
{
    borrowed_init(&spawner->borrowed);
    pthread_mutex_init(&spawner->lock, NULL);
    pthread_cond_init(&spawner->work, NULL);
    pthread_cond_init(&spawner->spare, NULL);
    atomic_init(&spawner->count, 0);
    atomic_init(&spawner->ready, 0);
    atomic_init(&spawner->late, 0);
    spawner->realtime_signals = child_find_realtime_signals();
    spawner->ring = calloc(spawner->capacity, sizeof(struct start *));
    int error = spawner->ring == NULL ? ENOMEM : 0;
    for (unsigned i = 0; i < all_threads(spawner) && error == 0; i++) {
        error = start_thread(spawner, i);
        if (error == 0)
            spawner->thread_count++;
    }
    if (error != 0) {
        spawner_stop(spawner);
        spawner_free(spawner);
    }
    return error;
}

void spawner_tell_late(void *context, unsigned late)
{
    struct spawner *spawner = context;
    pthread_mutex_lock(&spawner->lock);
    atomic_store(&spawner->late, late);
    pthread_cond_broadcast(&spawner->work);
    pthread_cond_broadcast(&spawner->spare);
    pthread_mutex_unlock(&spawner->lock);
    if (late == all_threads(spawner))
        events_retry(spawner->events);
}

/*
 * Connections that are left to the kernel until now are accepted many at a time, which spares most of the wake-ups of the
 * watcher and of JavaScript: measured at 16 clients, 74 instead of 104 microseconds of the daemon's own for each connection.
 * Starts of a program that hangs do not count, because they would keep out the clients of all others; the queue is not filled
 * with them either. While several programs hold up all threads nothing would be spared, and whoever needs no thread would
 * wait with the others: clients that are refused, and sockets that are watched for their servers.
 */
bool spawner_is_behind(void *context)
{
    struct spawner *spawner = context;
    bool turns_over = atomic_load(&spawner->late) < all_threads(spawner);
    return (turns_over && atomic_load(&spawner->ready) >= ENOUGH_PER_THREAD * spawner->limit) ||
           atomic_load(&spawner->count) >= (spawner->capacity + 1) / 2;
}

int spawner_queue(struct spawner *spawner, struct start *start)
{
    if (!borrow(spawner, start))
        return ENOMEM;
    pthread_mutex_lock(&spawner->lock);
    unsigned count = atomic_load(&spawner->count);
    bool fits = count < spawner->capacity && !spawner->stopping;
    if (fits) {
        *place(spawner, count) = start;
        atomic_store(&spawner->count, count + 1);
        start->plan->queued++;
        if (start->plan->starting < most_of_one(spawner))
            atomic_fetch_add(&spawner->ready, 1);
    }
    pthread_mutex_unlock(&spawner->lock);
    if (fits)
        pthread_cond_signal(&spawner->work);
    else
        give_back(spawner, start, 3);
    return fits ? 0 : EAGAIN;
}

bool spawner_keep_exit(struct spawner *spawner, pid_t pid, const struct event *exit)
{
    for (unsigned i = 0; i < spawner->thread_count; i++) {
        if (atomic_load(&spawner->cradles[i].pid) == pid) {
            spawner->threads[i].exit = *exit;
            spawner->threads[i].has_exit = true;
            return true;
        }
    }
    return false;
}

void spawner_stop(struct spawner *spawner)
{
    pthread_mutex_lock(&spawner->lock);
    spawner->stopping = true;
    pthread_cond_broadcast(&spawner->work);
    pthread_cond_broadcast(&spawner->spare);
    pthread_mutex_unlock(&spawner->lock);
    for (unsigned i = 0; i < spawner->thread_count; i++)
        pthread_join(spawner->threads[i].thread, NULL);
}

struct start *spawner_cancel(struct spawner *spawner)
{
    if (atomic_load(&spawner->count) == 0)
        return NULL;
    struct start *start = take_out(spawner, 0);
    give_back(spawner, start, 3);
    return start;
}

void spawner_free(struct spawner *spawner)
{
    for (unsigned i = 0; i < MAX_THREADS; i++) {
        if (spawner->threads[i].stack != NULL)
            munmap(spawner->threads[i].stack, CHILD_STACK);
        free(spawner->threads[i].envp);
    }
    free(spawner->ring);
    borrowed_free(&spawner->borrowed);
    pthread_cond_destroy(&spawner->spare);
    pthread_cond_destroy(&spawner->work);
    pthread_mutex_destroy(&spawner->lock);
}
