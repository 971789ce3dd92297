/*
 * Closed-loop load: CLIENTS connections at any time, each read to its end and followed by the next, until CONNECTIONS are
 * done. Prints one JSON object; times in microseconds, from connect to the end of the answer.
 *
 *   client ADDRESS PORT CLIENTS CONNECTIONS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char expected[] = "hello\n";
enum { EXPECTED = sizeof expected - 1, STALL_MS = 20000 };

struct connection {
    int fd;
    int64_t started;
    int received;
};

static struct sockaddr_in server;
static int epoll;
static int64_t *latencies;
static int wanted, begun, done, failed;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static void begin(struct connection *connection)
{
    if (begun == wanted) {
        connection->fd = -1;
        return;
    }
    begun++;
    connection->received = 0;
    connection->started = now();
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->fd < 0)
        give_up("socket");
    if (connect(connection->fd, (struct sockaddr *)&server, sizeof server) != 0 && errno != EINPROGRESS)
        give_up("connect");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0)
        give_up("epoll_ctl");
}

static void end(struct connection *connection, int good)
{
    if (good)
        latencies[done - failed] = now() - connection->started;
    else
        failed++;
    done++;
    close(connection->fd);
    begin(connection);
}

static void progress(struct connection *connection)
{
    char data[64];
    for (;;) {
        ssize_t got = recv(connection->fd, data, sizeof data, 0);
        if (got > 0) {
            connection->received += (int)got;
            continue;
        }
        if (got < 0 && errno == EAGAIN)
            return;
        end(connection, got == 0 && connection->received == EXPECTED);
        return;
    }
}

static int compare(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void report(int64_t duration)
{
    int good = done - failed;
    qsort(latencies, (size_t)good, sizeof *latencies, compare);
    printf("{\"connections\":%d,\"failed\":%d,\"micros\":%lld,\"p50\":%lld,\"p99\":%lld,\"worst\":%lld}\n", good, failed,
           (long long)duration, good > 0 ? (long long)latencies[good / 2] : 0,
           good > 0 ? (long long)latencies[(int)((double)good * 0.99)] : 0,
           good > 0 ? (long long)latencies[good - 1] : 0);
}

int main(int count, char **arguments)
{
    if (count != 5) {
        fprintf(stderr, "usage: client ADDRESS PORT CLIENTS CONNECTIONS\n");
        return 2;
    }
    int clients = atoi(arguments[3]);
    wanted = atoi(arguments[4]);
    server.sin_family = AF_INET;
    server.sin_port = htons((uint16_t)atoi(arguments[2]));
    epoll = epoll_create1(EPOLL_CLOEXEC);
    latencies = calloc((size_t)wanted, sizeof *latencies);
    struct connection *connections = calloc((size_t)clients, sizeof *connections);
    if (clients < 1 || wanted < 1 || inet_pton(AF_INET, arguments[1], &server.sin_addr) != 1 || epoll < 0 ||
        latencies == NULL || connections == NULL)
        give_up("client");
    int64_t start = now();
    for (int i = 0; i < clients; i++)
        begin(&connections[i]);
    while (done < wanted) {
        struct epoll_event events[64];
        int ready = epoll_wait(epoll, events, 64, STALL_MS);
        if (ready <= 0) {
            fprintf(stderr, "client: no answer for %d s, %d of %d done\n", STALL_MS / 1000, done, wanted);
            return 1;
        }
        for (int i = 0; i < ready; i++)
            progress(events[i].data.ptr);
    }
    report(now() - start);
    return 0;
}
