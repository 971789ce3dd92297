#include "handles.h"

#include <stdlib.h>

enum { SLOT_BITS = 20, FIRST_SIZE = 16 };
#define SLOT_MASK ((UINT64_C(1) << SLOT_BITS) - 1)

static bool grow(struct handles *handles)
{
    uint32_t size = handles->size == 0 ? FIRST_SIZE : handles->size * 2;
    if (size > SLOT_MASK + 1)
        return false;
    struct handle_slot *slots = realloc(handles->slots, size * sizeof *slots);
    if (slots == NULL)
        return false;
    handles->slots = slots;
    handles->size = size;
    return true;
}

uint64_t handles_add(struct handles *handles, void *target)
{
    uint32_t index;
    if (handles->first_free != 0) {
        index = handles->first_free - 1;
        handles->first_free = handles->slots[index].next_free;
    } else {
        if (handles->used == handles->size && !grow(handles))
            return 0;
        index = handles->used++;
        handles->slots[index].generation = 0;
    }
    struct handle_slot *slot = &handles->slots[index];
    slot->target = target;
    if (++slot->generation == 0)
        slot->generation = 1; /* once round: 0 would make the first slot's number 0, which stands for nothing */
    return ((uint64_t)slot->generation << SLOT_BITS) | index;
}

static struct handle_slot *slot_of(const struct handles *handles, uint64_t handle)
{
    uint64_t index = handle & SLOT_MASK;
    if (index >= handles->used)
        return NULL;
    struct handle_slot *slot = &handles->slots[index];
    return slot->target != NULL && slot->generation == handle >> SLOT_BITS ? slot : NULL;
}

void *handles_find(const struct handles *handles, uint64_t handle)
{
    struct handle_slot *slot = slot_of(handles, handle);
    return slot == NULL ? NULL : slot->target;
}

void *handles_remove(struct handles *handles, uint64_t handle)
{
    struct handle_slot *slot = slot_of(handles, handle);
    if (slot == NULL)
        return NULL;
    void *target = slot->target;
    slot->target = NULL;
    slot->next_free = handles->first_free;
    handles->first_free = (uint32_t)(slot - handles->slots) + 1;
    return target;
}

void handles_free(struct handles *handles, void (*drop)(void *target))
{
    for (uint32_t i = 0; i < handles->used; i++)
        if (handles->slots[i].target != NULL)
            drop(handles->slots[i].target);
    free(handles->slots);
    *handles = (struct handles){0};
}
