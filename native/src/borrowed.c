#include "borrowed.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_SIZE = 8 };

void borrowed_init(struct borrowed *borrowed)
{
    *borrowed = (struct borrowed){0};
    pthread_mutex_init(&borrowed->lock, NULL);
}

void borrowed_free(struct borrowed *borrowed)
{
    free(borrowed->entries);
    pthread_mutex_destroy(&borrowed->lock);
}

/* Under the lock. */
static struct borrowed_descriptor *find(struct borrowed *borrowed, int fd)
{
    for (unsigned i = 0; i < borrowed->count; i++)
        if (borrowed->entries[i].fd == fd)
            return &borrowed->entries[i];
    return NULL;
}

/* Under the lock. NULL when there is no memory. */
static struct borrowed_descriptor *add(struct borrowed *borrowed, int fd)
{
    if (borrowed->count == borrowed->size) {
        unsigned size = borrowed->size == 0 ? FIRST_SIZE : borrowed->size * 2;
        struct borrowed_descriptor *larger = realloc(borrowed->entries, size * sizeof *larger);
        if (larger == NULL)
            return NULL;
        borrowed->entries = larger;
        borrowed->size = size;
    }
    struct borrowed_descriptor *entry = &borrowed->entries[borrowed->count++];
    *entry = (struct borrowed_descriptor){.fd = fd};
    return entry;
}

bool borrowed_take(struct borrowed *borrowed, int fd)
{
    pthread_mutex_lock(&borrowed->lock);
    struct borrowed_descriptor *entry = find(borrowed, fd);
    if (entry == NULL)
        entry = add(borrowed, fd);
    if (entry != NULL)
        entry->starts++;
    pthread_mutex_unlock(&borrowed->lock);
    return entry != NULL;
}

void borrowed_give_back(struct borrowed *borrowed, int fd)
{
    pthread_mutex_lock(&borrowed->lock);
    struct borrowed_descriptor *entry = find(borrowed, fd);
    if (entry != NULL && --entry->starts == 0) {
        if (entry->closed)
            close(fd);
        *entry = borrowed->entries[--borrowed->count];
    }
    pthread_mutex_unlock(&borrowed->lock);
}

int borrowed_close(struct borrowed *borrowed, int fd)
{
    int error = 0;
    pthread_mutex_lock(&borrowed->lock);
    struct borrowed_descriptor *entry = find(borrowed, fd);
    if (entry == NULL)
        error = close(fd) == 0 ? 0 : errno;
    else if (entry->closed)
        error = EBADF;
    else
        entry->closed = true;
    pthread_mutex_unlock(&borrowed->lock);
    return error;
}
