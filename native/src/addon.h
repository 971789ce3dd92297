/* What the addon keeps per environment (main thread or worker), and the functions each file exports. */
#ifndef XCFG_ADDON_H
#define XCFG_ADDON_H

#include "handles.h"

#include <node_api.h>

struct runtime;

struct addon {
    napi_ref error_factory; /* NULL until setErrorFactory */
    struct handles plans;
    struct runtime *runtime; /* NULL unless started */
};

/* NULL after throwing. */
struct addon *addon_of(napi_env env);

/* Each adds its calls to the exports; false after throwing. */
bool export_sockets(napi_env env, napi_value exports);
bool export_datagrams(napi_env env, napi_value exports);
bool export_connections(napi_env env, napi_value exports);
bool export_descriptors(napi_env env, napi_value exports);
bool export_plans(napi_env env, napi_value exports);
bool export_process(napi_env env, napi_value exports);
bool export_users(napi_env env, napi_value exports);
bool export_runtime(napi_env env, napi_value exports);
bool export_watches(napi_env env, napi_value exports);
bool export_starts(napi_env env, napi_value exports);

struct exported_call {
    const char *name;
    napi_callback call;
};

bool export_calls(napi_env env, napi_value exports, const struct exported_call *calls, size_t count);

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
