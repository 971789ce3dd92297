/* The threads together: start, stop, and the way of events into JavaScript. */
#ifndef XCFG_RUNTIME_H
#define XCFG_RUNTIME_H

#include "events.h"
#include "guard.h"
#include "reaper.h"
#include "spawner.h"
#include "watcher.h"

#include <node_api.h>

struct runtime {
    struct event_queue events;
    struct watcher watcher;
    struct guard guard;
    struct spawner spawner;
    struct reaper reaper;
    napi_env env;
    napi_threadsafe_function wake;
    napi_ref buffer; /* the ArrayBuffer events are copied into */
    struct event *batch; /* its memory */
    unsigned batch_size;
    napi_ref deliver; /* called with the number of events in the buffer */
};

/* The started runtime of this environment; NULL after throwing. */
struct runtime *runtime_of(napi_env env);
/* Stops and frees; with `deliver` what is still queued goes to JavaScript first. */
void runtime_end(struct runtime *runtime, bool deliver);

#endif
