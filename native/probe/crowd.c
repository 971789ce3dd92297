/*
 * Many clients at a time, each connection from an address of its own, against services whose servers are greeters
 * (greeter.c) with the name as argument. Service n is talked to from 127.n.0.0/16. For tests.
 *
 *     crowd CLIENTS CONNECTIONS PORT:NAME...
 *
 * Prints how many connections were answered by the right server for the right client, by another one, and not at all.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CLIENTS = 64, ADDRESSES = 250 };

static int clients, rounds, service_count;
static char **services; /* PORT:NAME */

struct client {
    int number;
    long good, wrong, none;
    pthread_t thread;
};

static struct sockaddr_in address(uint32_t host, int port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(host),
    };
}

/* What is answered to a connection from `from`; nothing when there is none. */
static void ask(uint32_t from, int port, char *answer, size_t size)
{
    struct sockaddr_in here = address(from, 0), there = address(INADDR_LOOPBACK, port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    size_t length = 0;
    ssize_t got = 1;
    if (bind(fd, (struct sockaddr *)&here, sizeof here) == 0 && connect(fd, (struct sockaddr *)&there, sizeof there) == 0)
        while (length < size - 1 && (got = read(fd, answer + length, size - 1 - length)) > 0)
            length += (size_t)got;
    answer[length] = '\0';
    close(fd);
}

static void *run(void *context)
{
    struct client *self = context;
    for (int round = 0; round < rounds; round++) {
        int service = (self->number + round) % service_count;
        uint32_t from = 127U << 24 | (uint32_t)(service + 1) << 16 | (uint32_t)self->number << 8 |
                        (uint32_t)(round % ADDRESSES + 1);
        struct in_addr shown = {.s_addr = htonl(from)};
        char answer[256], expected[64], host[INET_ADDRSTRLEN];
        inet_ntop(AF_INET, &shown, host, sizeof host);
        snprintf(expected, sizeof expected, "%s %s\n", strchr(services[service], ':') + 1, host);
        ask(from, atoi(services[service]), answer, sizeof answer);
        if (strcmp(answer, expected) == 0)
            self->good++;
        else if (answer[0] == '\0')
            self->none++;
        else
            self->wrong++;
    }
    return NULL;
}

int main(int count, char **arguments)
{
    static struct client all[MOST_CLIENTS];
    long good = 0, wrong = 0, none = 0;
    if (count < 4 || (clients = atoi(arguments[1])) < 1 || clients > MOST_CLIENTS)
        return 2;
    rounds = atoi(arguments[2]) / clients;
    services = arguments + 3;
    service_count = count - 3;
    for (int i = 0; i < service_count; i++)
        if (strchr(services[i], ':') == NULL)
            return 2;
    for (int i = 0; i < clients; i++) {
        all[i].number = i;
        if (pthread_create(&all[i].thread, NULL, run, &all[i]) != 0)
            return 2;
    }
    for (int i = 0; i < clients; i++) {
        pthread_join(all[i].thread, NULL);
        good += all[i].good;
        wrong += all[i].wrong;
        none += all[i].none;
    }
    printf("good %ld wrong %ld none %ld\n", good, wrong, none);
    return 0;
}
