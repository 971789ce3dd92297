/* The names of resource limits. */
#ifndef XCFG_RESOURCES_H
#define XCFG_RESOURCES_H

#include "values.h"

/* Both false after throwing. */
bool read_resource(napi_env env, napi_value name, int *resource);
/* {soft, hard} as prlimit64(2) takes them: UINT64_MAX for Infinity. */
bool read_limit(napi_env env, napi_value object, uint64_t amounts[2]);

#endif
