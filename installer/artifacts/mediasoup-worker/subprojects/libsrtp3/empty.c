/* Empty on purpose: the library itself is linked dynamically. */
