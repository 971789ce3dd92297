#define _GNU_SOURCE
#include "runtime.h"
#include "addon.h"
#include "child.h"
#include "values.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    EVENT_CAPACITY = 1024,
    HURRY_MS = 200, /* what a child that has not reached exec gets when the runtime ends */
};

/* wait4(-1) takes every child there is, so two runtimes would take each other's. */
static atomic_flag running = ATOMIC_FLAG_INIT;

/* Copies events into the buffer and calls JavaScript, which may stop the runtime: nothing of it is touched afterwards. */
static bool deliver_events(napi_env env, struct runtime *runtime)
{
    bool more;
    napi_value receiver, function, count;
    unsigned taken = events_take(&runtime->events, runtime->batch, runtime->batch_size, &more);
    if (taken == 0)
        return false;
    if (more && napi_call_threadsafe_function(runtime->wake, NULL, napi_tsfn_nonblocking) != napi_ok)
        return false; /* the environment is ending */
    receiver = make_undefined(env);
    count = make_int(env, (int)taken);
    return receiver != NULL && count != NULL &&
           ok(env, napi_get_reference_value(env, runtime->deliver, &function)) &&
           ok(env, napi_call_function(env, receiver, function, 1, &count, NULL));
}

static void on_wake(napi_env env, napi_value callback, void *context, void *data)
{
    (void)callback;
    (void)data;
    if (env == NULL) /* the environment is ending and the runtime may be gone */
        return;
    deliver_events(env, context);
    /* Left pending here, an exception would only be a deprecation warning (DEP0168). */
    bool pending = false;
    napi_value exception;
    if (napi_is_exception_pending(env, &pending) == napi_ok && pending &&
        napi_get_and_clear_last_exception(env, &exception) == napi_ok)
        ok(env, napi_fatal_exception(env, exception));
}

static void wake_javascript(void *context)
{
    struct runtime *runtime = context;
    /* napi_closing: the environment is ending, and runtime_end takes care of what is queued. */
    napi_call_threadsafe_function(runtime->wake, NULL, napi_tsfn_nonblocking);
}

/* Connections nobody will look at any more. */
static void drop_events(struct runtime *runtime)
{
    struct event event;
    bool more = true;
    while (more && events_take(&runtime->events, &event, 1, &more) == 1)
        if (event.kind == EVENT_ACCEPTED)
            close(event.value);
}

static void cancel_starts(struct runtime *runtime, bool deliver)
{
    struct start *start;
    while ((start = spawner_cancel(&runtime->spawner)) != NULL) {
        struct event event = {
            .kind = EVENT_SPAWN_FAILED,
            .subject = start->token,
            .value = STEP_FORK,
            .detail = ECANCELED,
        };
        start_free(start);
        if (!deliver)
            continue;
        runtime->events.reserved++; /* no other thread is left */
        events_put(&runtime->events, &event);
        deliver = deliver_events(runtime->env, runtime); /* false: JavaScript has thrown */
    }
}

static void release_references(struct runtime *runtime)
{
    if (runtime->wake != NULL)
        napi_release_threadsafe_function(runtime->wake, napi_tsfn_abort);
    if (runtime->buffer != NULL)
        napi_delete_reference(runtime->env, runtime->buffer);
    if (runtime->deliver != NULL)
        napi_delete_reference(runtime->env, runtime->deliver);
}

void runtime_end(struct runtime *runtime, bool deliver)
{
    events_close(&runtime->events);
    watcher_stop(&runtime->watcher);
    guard_hurry(&runtime->guard, HURRY_MS);
    spawner_stop(&runtime->spawner);
    guard_stop(&runtime->guard);
    reaper_stop(&runtime->reaper);
    while (deliver && deliver_events(runtime->env, runtime)) {
    }
    cancel_starts(runtime, deliver);
    drop_events(runtime);
    release_references(runtime);
    spawner_free(&runtime->spawner);
    events_free(&runtime->events);
    free(runtime);
    atomic_flag_clear(&running);
}

/* Each part that started is stopped again when a later one fails. */
static int start_threads(struct runtime *runtime)
{
    int error = watcher_start(&runtime->watcher);
    if (error != 0)
        return error;
    error = guard_start(&runtime->guard);
    if (error != 0)
        goto stop_watcher;
    error = spawner_start(&runtime->spawner);
    if (error != 0)
        goto stop_guard;
    error = reaper_start(&runtime->reaper);
    if (error == 0)
        return 0;
    events_close(&runtime->events);
    spawner_stop(&runtime->spawner);
    spawner_free(&runtime->spawner);
stop_guard:
    guard_stop(&runtime->guard);
stop_watcher:
    events_close(&runtime->events);
    watcher_stop(&runtime->watcher);
    return error;
}

static bool read_in_range(napi_env env, napi_value object, const char *name, int least, int most, int *value)
{
    bool present;
    if (!find_int(env, object, name, value, &present))
        return false;
    if (*value < least || *value > most) {
        throw_errno(env, EINVAL, name, NULL);
        return false;
    }
    return true;
}

/* On seccomp filters that know no close_range the answer is EPERM or ENOSYS: both mean "not here". */
static bool probe_close_range(void)
{
    return syscall(SYS_close_range, ~0U, ~0U, 0) == 0;
}

static bool read_options(napi_env env, napi_value object, struct runtime *runtime)
{
    int spawners = 1, spawn_queue = 1024, accept_queue = 256, exec_timeout = 5000;
    bool old_kernel, present;
    if (!read_in_range(env, object, "spawners", 1, MAX_SPAWNERS, &spawners) ||
        !read_in_range(env, object, "spawnQueue", 1, 1 << 20, &spawn_queue) ||
        !read_in_range(env, object, "acceptQueue", 1, EVENT_CAPACITY / 2, &accept_queue) ||
        !read_in_range(env, object, "execTimeout", 1, 1 << 30, &exec_timeout) ||
        !find_flag(env, object, "oldKernel", &old_kernel, &present))
        return false;
    if (!events_init(&runtime->events, EVENT_CAPACITY, (unsigned)accept_queue)) {
        throw_errno(env, ENOMEM, "start", NULL);
        return false;
    }
    runtime->spawner.limit = (unsigned)spawners;
    runtime->spawner.capacity = (unsigned)spawn_queue;
    runtime->spawner.has_close_range = !old_kernel && probe_close_range();
    runtime->reaper.has_set = !old_kernel;
    atomic_init(&runtime->guard.timeout, exec_timeout);
    return true;
}

static bool make_references(napi_env env, napi_value buffer, napi_value deliver, struct runtime *runtime)
{
    void *memory;
    size_t size;
    napi_value name = make_text(env, "xcfg");
    if (name == NULL || !ok(env, napi_get_arraybuffer_info(env, buffer, &memory, &size)))
        return false;
    runtime->batch = memory;
    runtime->batch_size = (unsigned)(size / sizeof(struct event));
    if (runtime->batch_size == 0) {
        throw_errno(env, EINVAL, "buffer", NULL);
        return false;
    }
    return ok(env, napi_create_reference(env, buffer, 1, &runtime->buffer)) &&
           ok(env, napi_create_reference(env, deliver, 1, &runtime->deliver)) &&
           ok(env, napi_create_threadsafe_function(env, NULL, NULL, name, 0, 1, NULL, NULL, runtime, on_wake,
                                                   &runtime->wake));
}

static void connect_parts(struct runtime *runtime)
{
    runtime->events.wake = wake_javascript;
    runtime->events.wake_context = runtime;
    runtime->watcher.events = &runtime->events;
    runtime->watcher.spawner = &runtime->spawner;
    runtime->watcher.reaper = &runtime->reaper;
    runtime->guard.cradles = runtime->spawner.cradles;
    runtime->guard.count = MAX_THREADS;
    runtime->guard.on_late = spawner_tell_late;
    runtime->guard.late_context = &runtime->spawner;
    runtime->spawner.events = &runtime->events;
    runtime->spawner.guard = &runtime->guard;
    runtime->spawner.reaper = &runtime->reaper;
    runtime->reaper.events = &runtime->events;
    runtime->reaper.spawner = &runtime->spawner;
}

static void end_with_environment(void *data)
{
    struct addon *addon = data;
    if (addon->runtime == NULL)
        return;
    runtime_end(addon->runtime, false);
    addon->runtime = NULL;
}

/* start({spawners, spawnQueue, acceptQueue, execTimeout, oldKernel}, buffer, deliver) */
static napi_value start(napi_env env, napi_callback_info info)
{
    napi_value arguments[3];
    struct addon *addon = addon_of(env);
    if (addon == NULL || !read_arguments(env, info, 3, arguments))
        return NULL;
    if (atomic_flag_test_and_set(&running))
        return throw_errno(env, EBUSY, "start", NULL);
    struct runtime *runtime = calloc(1, sizeof *runtime);
    if (runtime == NULL) {
        atomic_flag_clear(&running);
        return throw_errno(env, ENOMEM, "start", NULL);
    }
    runtime->env = env;
    int error = 0;
    bool begun = read_options(env, arguments[0], runtime) && make_references(env, arguments[1], arguments[2], runtime);
    if (begun) {
        connect_parts(runtime);
        error = start_threads(runtime);
    }
    if (begun && error == 0 && ok(env, napi_add_env_cleanup_hook(env, end_with_environment, addon))) {
        addon->runtime = runtime;
        return make_undefined(env);
    }
    if (begun && error == 0) {
        runtime_end(runtime, false);
        return NULL;
    }
    release_references(runtime);
    if (runtime->events.ring != NULL)
        events_free(&runtime->events);
    free(runtime);
    atomic_flag_clear(&running);
    return error != 0 ? throw_errno(env, error, "start", NULL) : NULL;
}

static napi_value stop(napi_env env, napi_callback_info info)
{
    (void)info;
    struct addon *addon = addon_of(env);
    if (addon == NULL)
        return NULL;
    if (addon->runtime != NULL) {
        struct runtime *runtime = addon->runtime;
        addon->runtime = NULL;
        ok(env, napi_remove_env_cleanup_hook(env, end_with_environment, addon));
        runtime_end(runtime, true);
    }
    return make_undefined(env);
}

struct runtime *runtime_of(napi_env env)
{
    struct addon *addon = addon_of(env);
    if (addon == NULL)
        return NULL;
    if (addon->runtime == NULL)
        throw_errno(env, ENOTCONN, "runtime", "not started");
    return addon->runtime;
}

bool export_runtime(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {{"start", start}, {"stop", stop}};
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
