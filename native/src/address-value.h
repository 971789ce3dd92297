/* Socket addresses as JavaScript values: the SocketAddress of src/native/socket-types.ts. */
#ifndef XCFG_ADDRESS_VALUE_H
#define XCFG_ADDRESS_VALUE_H

#include "address.h"
#include "values.h"

/* NULL after throwing, here and below. */
napi_value make_address(napi_env env, const struct address *address);
/* AF_... of 'inet', 'inet6' or 'unix'. */
bool read_family(napi_env env, napi_value value, int *family);
const char *socket_type_name(int type);
bool read_socket_type(napi_env env, napi_value value, int *type);

#endif
