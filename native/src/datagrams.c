/* Looking at a waiting datagram, and datagrams to local daemons (syslog, sd_notify). */
#define _GNU_SOURCE
#include "addon.h"
#include "address-value.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool nothing_there(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

/* A pending ICMP error of an earlier answer comes out of the next receive; it says nothing about the next datagram. */
static bool passes(int error)
{
    return error == EINTR || error == ECONNREFUSED || error == EHOSTUNREACH;
}

static ssize_t discard_one(int fd)
{
    ssize_t received;
    int tries = 8;
    do {
        char byte;
        received = recv(fd, &byte, sizeof byte, MSG_DONTWAIT);
    } while (received < 0 && passes(errno) && --tries > 0);
    return received;
}

static void write_arrival(struct msghdr *message, char *text, size_t size)
{
    struct timespec time;
    text[0] = '\0';
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS)
            continue;
        memcpy(&time, CMSG_DATA(part), sizeof time);
        snprintf(text, size, "%lld.%09ld", (long long)time.tv_sec, time.tv_nsec);
    }
}

/*
 * Time stamps are on for the look only, so that the server gets nothing that it did not ask for. The kernel writes the time
 * into the datagram when it finds none, so that each has one of its own that stays the same as long as it waits.
 */
static ssize_t peek_one(int fd, struct address *sender, char *arrival, size_t size)
{
    char byte, control[256];
    struct iovec place = {.iov_base = &byte, .iov_len = sizeof byte};
    struct msghdr message;
    int on = 1, off = 0, tries = 8;
    ssize_t received;
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    do {
        message = (struct msghdr){
            .msg_name = &sender->storage,
            .msg_namelen = sizeof sender->storage,
            .msg_iov = &place,
            .msg_iovlen = 1,
            .msg_control = control,
            .msg_controllen = sizeof control,
        };
        received = recvmsg(fd, &message, MSG_PEEK | MSG_DONTWAIT);
    } while (received < 0 && passes(errno) && --tries > 0);
    int error = errno;
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &off, sizeof off);
    errno = error;
    if (received < 0)
        return received;
    sender->length = message.msg_namelen;
    write_arrival(&message, arrival, size);
    return received;
}

/* peekDatagram(fd): {sender, arrival} or null */
static napi_value peek_datagram(napi_env env, napi_callback_info info)
{
    napi_value argument, object;
    int fd;
    struct address sender = {0};
    char arrival[48];
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    if (peek_one(fd, &sender, arrival, sizeof arrival) < 0)
        return nothing_there(errno) ? make_null(env) : throw_errno(env, errno, "recvmsg", NULL);
    if (!ok(env, napi_create_object(env, &object)) ||
        !put(env, object, "sender", make_address(env, &sender)) ||
        !put(env, object, "arrival", make_text(env, arrival)))
        return NULL;
    return object;
}

static napi_value discard_datagram(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int fd;
    if (!read_arguments(env, info, 1, &argument) || !read_int(env, argument, "fd", &fd))
        return NULL;
    if (discard_one(fd) >= 0)
        return make_bool(env, true);
    return nothing_there(errno) ? make_bool(env, false) : throw_errno(env, errno, "recv", NULL);
}

static napi_value open_local_datagram(napi_env env, napi_callback_info info)
{
    (void)info;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? throw_errno(env, errno, "socket", NULL) : make_int(env, fd);
}

/* Returns 0 or the errno: a syslogd that is away is no exception. */
static napi_value send_local(napi_env env, napi_callback_info info)
{
    napi_value arguments[3];
    int fd;
    char path[ADDRESS_TEXT_SIZE];
    uint8_t *bytes;
    size_t length;
    if (!read_arguments(env, info, 3, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
        !read_text(env, arguments[1], "path", path, sizeof path) ||
        !read_bytes(env, arguments[2], "data", &bytes, &length))
        return NULL;
    struct address receiver;
    int error = address_parse(&receiver, AF_UNIX, path, 0);
    if (error == 0 &&
        sendto(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL, &receiver.any, receiver.length) != (ssize_t)length)
        error = errno;
    return make_int(env, error);
}

bool export_datagrams(napi_env env, napi_value exports)
{
    static const struct exported_call calls[] = {
        {"peekDatagram", peek_datagram},
        {"discardDatagram", discard_datagram},
        {"openLocalDatagram", open_local_datagram},
        {"sendLocal", send_local},
    };
    return export_calls(env, exports, calls, COUNT_OF(calls));
}
