/*
 * Descriptors that starts use and do not own: the socket of a wait=yes service. JavaScript may close one while a start with
 * it is queued, and the number would mean something else by its turn. So a close waits until no start needs the descriptor;
 * that takes no other descriptor, of which there may be none left.
 */
#ifndef XCFG_BORROWED_H
#define XCFG_BORROWED_H

#include <pthread.h>
#include <stdbool.h>

struct borrowed_descriptor {
    int fd;
    unsigned starts;
    bool closed; /* by its owner, who has been told that it is */
};

struct borrowed {
    pthread_mutex_t lock;
    struct borrowed_descriptor *entries; /* a few: those of the starts that are queued just now */
    unsigned count, size;
};

void borrowed_init(struct borrowed *borrowed);
void borrowed_free(struct borrowed *borrowed);
/* False when there is no memory. */
bool borrowed_take(struct borrowed *borrowed, int fd);
void borrowed_give_back(struct borrowed *borrowed, int fd);
/* Closes it now, or when the last start gives it back. Returns 0 or an errno. */
int borrowed_close(struct borrowed *borrowed, int fd);

#endif
