/* Making sockets, and saying what an inherited one is. */
#define _GNU_SOURCE
#include "addon.h"
#include "address-value.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_BACKLOG = 64 }; /* what xinetd passes to listen(2) */

struct socket_options {
    int family, type, protocol, port;
    bool has_address;
    char address_text[ADDRESS_TEXT_SIZE];
    struct address address;
    bool v6only, reuse_address, no_delay, keep_alive;
    bool has_send_buffer, has_receive_buffer, has_mode, has_uid, has_gid;
    int send_buffer, receive_buffer, backlog, mode;
    uid_t uid;
    gid_t gid;
};

/* What failed: the step to report beside errno. */
typedef const char *step;

/* The arguments of a call, as src/native/binding.ts has them. */
enum argument {
    FAMILY,
    TYPE,
    PROTOCOL,
    ADDRESS,
    PORT,
    V6ONLY,
    REUSE_ADDRESS,
    NO_DELAY,
    KEEP_ALIVE,
    SEND_BUFFER,
    RECEIVE_BUFFER,
    BACKLOG,
    MODE,
    UID,
    GID,
    ARGUMENT_COUNT,
};

static bool read_options(napi_env env, napi_callback_info info, struct socket_options *o)
{
    napi_value a[ARGUMENT_COUNT];
    bool present;
    memset(o, 0, sizeof *o);
    o->backlog = DEFAULT_BACKLOG;
    if (!read_arguments(env, info, ARGUMENT_COUNT, a) || !read_family(env, a[FAMILY], &o->family) ||
        !read_socket_type(env, a[TYPE], &o->type) ||
        !optional_int(env, a[PROTOCOL], "protocol", &o->protocol, &present) ||
        !optional_bytes(env, a[ADDRESS], "address", o->address_text, sizeof o->address_text, &o->has_address) ||
        !optional_int(env, a[PORT], "port", &o->port, &present) ||
        !optional_flag(env, a[V6ONLY], "v6only", &o->v6only) ||
        !optional_flag(env, a[REUSE_ADDRESS], "reuseAddress", &o->reuse_address) ||
        !optional_flag(env, a[NO_DELAY], "noDelay", &o->no_delay) ||
        !optional_flag(env, a[KEEP_ALIVE], "keepAlive", &o->keep_alive) ||
        !optional_int(env, a[SEND_BUFFER], "sendBuffer", &o->send_buffer, &o->has_send_buffer) ||
        !optional_int(env, a[RECEIVE_BUFFER], "receiveBuffer", &o->receive_buffer, &o->has_receive_buffer) ||
        !optional_int(env, a[BACKLOG], "backlog", &o->backlog, &present) ||
        !optional_int(env, a[MODE], "mode", &o->mode, &o->has_mode) ||
        !optional_id(env, a[UID], "uid", &o->uid, &o->has_uid) ||
        !optional_id(env, a[GID], "gid", &o->gid, &o->has_gid))
        return false;
    if (o->port < 0 || o->port > UINT16_MAX) {
        throw_type_error(env, "port must be 0 to 65535");
        return false;
    }
    int error = address_parse(&o->address, o->family, o->has_address ? o->address_text : NULL, o->port);
    if (error != 0) {
        throw_errno(env, error, "address", o->address_text);
        return false;
    }
    return true;
}

static step set_option(int fd, int level, int option, int value, step name)
{
    return setsockopt(fd, level, option, &value, sizeof value) == 0 ? NULL : name;
}

static step set_options(int fd, const struct socket_options *o)
{
    step failed = NULL;
    if (o->reuse_address)
        failed = set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1, "setsockopt(SO_REUSEADDR)");
    /* A raw socket of IPv6 gets IPv6 packets and nothing else; the kernel has no such choice for it (EINVAL). */
    if (failed == NULL && o->family == AF_INET6 && o->type != SOCK_RAW)
        failed = set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, o->v6only, "setsockopt(IPV6_V6ONLY)");
    if (failed == NULL && o->no_delay)
        failed = set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1, "setsockopt(TCP_NODELAY)");
    if (failed == NULL && o->keep_alive)
        failed = set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1, "setsockopt(SO_KEEPALIVE)");
    if (failed == NULL && o->has_send_buffer)
        failed = set_option(fd, SOL_SOCKET, SO_SNDBUF, o->send_buffer, "setsockopt(SO_SNDBUF)");
    if (failed == NULL && o->has_receive_buffer)
        failed = set_option(fd, SOL_SOCKET, SO_RCVBUF, o->receive_buffer, "setsockopt(SO_RCVBUF)");
    return failed;
}

static step join_multicast(int fd, const struct address *address)
{
    if (!address_is_multicast(address))
        return NULL;
    if (address->any.sa_family == AF_INET) {
        struct ip_mreqn request = {.imr_multiaddr = address->inet.sin_addr};
        return setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) == 0
                   ? NULL
                   : "setsockopt(IP_ADD_MEMBERSHIP)";
    }
    struct ipv6_mreq request = {
        .ipv6mr_multiaddr = address->inet6.sin6_addr,
        .ipv6mr_interface = address->inet6.sin6_scope_id,
    };
    return setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &request, sizeof request) == 0 ? NULL
                                                                                        : "setsockopt(IPV6_JOIN_GROUP)";
}

static bool has_path(const struct socket_options *o)
{
    return o->family == AF_UNIX && o->address_text[0] != '@';
}

/* A socket file nobody listens on is removed; anything else is left for bind to complain about. */
static void remove_stale_socket(const struct socket_options *o)
{
    struct stat status;
    if (lstat(o->address_text, &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    int probe = socket(AF_UNIX, o->type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0)
        return;
    bool stale = connect(probe, &o->address.any, o->address.length) != 0 && errno == ECONNREFUSED;
    close(probe);
    if (stale)
        unlink(o->address_text);
}

/* chmod of an open file that cannot be had but as O_PATH, on which fchmod(2) fails. */
static int change_mode(int fd, mode_t mode)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return chmod(path, mode);
}

/* Owner and mode of what stands at the path, if it is a socket: who owns the folder may have put something else there. */
static step give_away_open(int fd, const struct socket_options *o)
{
    struct stat status;
    uid_t uid = o->has_uid ? o->uid : (uid_t)-1;
    gid_t gid = o->has_gid ? o->gid : (gid_t)-1;
    if (fstat(fd, &status) != 0)
        return "fstat";
    if (!S_ISSOCK(status.st_mode)) {
        errno = ENOTSOCK;
        return "bind";
    }
    if ((o->has_uid || o->has_gid) && fchownat(fd, "", uid, gid, AT_EMPTY_PATH) != 0)
        return "chown";
    return !o->has_mode || change_mode(fd, (mode_t)o->mode) == 0 ? NULL : "chmod";
}

static step give_away(const struct socket_options *o)
{
    if (!o->has_uid && !o->has_gid && !o->has_mode)
        return NULL;
    int fd = open(o->address_text, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return "open";
    step failed = give_away_open(fd, o);
    int error = errno;
    close(fd);
    errno = error;
    return failed;
}

static step bind_path(int fd, const struct socket_options *o)
{
    remove_stale_socket(o);
    /* The mode of the socket's own inode, less the umask, becomes the mode of the file: no moment with wider access. */
    if (o->has_mode && fchmod(fd, (mode_t)o->mode) != 0)
        return "fchmod";
    if (bind(fd, &o->address.any, o->address.length) != 0)
        return "bind";
    step failed = give_away(o);
    if (failed != NULL) {
        int error = errno;
        unlink(o->address_text);
        errno = error;
    }
    return failed;
}

static step prepare(int fd, const struct socket_options *o)
{
    step failed = set_options(fd, o);
    if (failed != NULL)
        return failed;
    if (has_path(o))
        failed = bind_path(fd, o);
    else if (bind(fd, &o->address.any, o->address.length) != 0)
        failed = "bind";
    if (failed == NULL)
        failed = join_multicast(fd, &o->address);
    bool listens = o->type == SOCK_STREAM || o->type == SOCK_SEQPACKET;
    if (failed == NULL && listens && listen(fd, o->backlog) != 0)
        failed = "listen";
    return failed;
}

/* Throws what the step failed with, and where the socket was to be. */
static napi_value throw_step(napi_env env, int error, step failed, const struct socket_options *o)
{
    char subject[ADDRESS_TEXT_SIZE + 16];
    if (o->family == AF_UNIX)
        snprintf(subject, sizeof subject, "%s", o->address_text);
    else
        snprintf(subject, sizeof subject, o->family == AF_INET6 ? "[%s]:%d" : "%s:%d", o->address_text, o->port);
    return throw_errno(env, error, failed, subject);
}

static napi_value make_opened(napi_env env, int fd)
{
    struct address name = {.length = sizeof name.storage};
    if (getsockname(fd, &name.any, &name.length) != 0)
        return throw_errno(env, errno, "getsockname", NULL);
    napi_value object;
    if (!ok(env, napi_create_object(env, &object)) || !put(env, object, "fd", make_int(env, fd)) ||
        !put(env, object, "name", make_address(env, &name)))
        return NULL;
    return object;
}

static napi_value open_socket(napi_env env, napi_callback_info info)
{
    struct socket_options o;
    if (!read_options(env, info, &o))
        return NULL;
    int fd = socket(o.family, o.type | SOCK_CLOEXEC, o.protocol);
    if (fd < 0)
        return throw_step(env, errno, "socket", &o);
    step failed = prepare(fd, &o);
    if (failed != NULL) {
        int error = errno;
        close(fd);
        return throw_step(env, error, failed, &o);
    }
    napi_value opened = make_opened(env, fd);
    if (opened == NULL)
        close(fd);
    return opened;
}

static napi_value remove_socket_file(napi_env env, napi_callback_info info)
{
    struct socket_options o;
    if (!read_options(env, info, &o))
        return NULL;
    if (has_path(&o))
        remove_stale_socket(&o);
    return make_undefined(env);
}

static bool read_option(int fd, int option, int *value)
{
    socklen_t length = sizeof *value;
    return getsockopt(fd, SOL_SOCKET, option, value, &length) == 0;
}

static napi_value socket_info(napi_env env, napi_callback_info info)
{
    napi_value argument, object;
    int fd, type, protocol, listening;
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    if (!read_option(fd, SO_TYPE, &type) || !read_option(fd, SO_PROTOCOL, &protocol) ||
        !read_option(fd, SO_ACCEPTCONN, &listening))
        return throw_errno(env, errno, "getsockopt", NULL);
    struct address name = {.length = sizeof name.storage};
    if (getsockname(fd, &name.any, &name.length) != 0)
        return throw_errno(env, errno, "getsockname", NULL);
    if (!ok(env, napi_create_object(env, &object)) || !put(env, object, "name", make_address(env, &name)) ||
        !put(env, object, "type", make_text(env, socket_type_name(type))) ||
        !put(env, object, "protocol", make_int(env, protocol)) ||
        !put(env, object, "listening", make_bool(env, listening != 0)))
        return NULL;
    return object;
}

static napi_value socket_name(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int fd;
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    struct address name = {.length = sizeof name.storage};
    if (getsockname(fd, &name.any, &name.length) != 0)
        return throw_errno(env, errno, "getsockname", NULL);
    return make_address(env, &name);
}

static napi_value peer_name(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int fd;
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    struct address name = {.length = sizeof name.storage};
    if (getpeername(fd, &name.any, &name.length) == 0)
        return make_address(env, &name);
    return errno == ENOTCONN ? make_null(env) : throw_errno(env, errno, "getpeername", NULL);
}

bool export_sockets(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"openSocket", open_socket},
        {"removeSocketFile", remove_socket_file},
        {"socketInfo", socket_info},
        {"socketName", socket_name},
        {"peerName", peer_name},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
