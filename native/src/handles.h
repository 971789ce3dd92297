/*
 * Numbers that stand for pointers on the JavaScript side. A number is never used again, so a late one finds nothing
 * instead of a stranger: the lower 20 bits are the slot, the upper 32 how often the slot was used (52 bits fit a double).
 */
#ifndef XCFG_HANDLES_H
#define XCFG_HANDLES_H

#include <stdbool.h>
#include <stdint.h>

struct handle_slot {
    void *target; /* NULL: free */
    uint32_t generation;
    uint32_t next_free;
};

struct handles {
    struct handle_slot *slots;
    uint32_t size;
    uint32_t used;
    uint32_t first_free; /* index + 1, 0: none */
};

/* 0 when there is no memory or no slot left. */
uint64_t handles_add(struct handles *handles, void *target);
/* NULL when the number stands for nothing. */
void *handles_find(const struct handles *handles, uint64_t handle);
/* Returns what it stood for. */
void *handles_remove(struct handles *handles, uint64_t handle);
void handles_free(struct handles *handles, void (*drop)(void *target));

#endif
