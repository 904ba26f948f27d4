/** Of the REST interface; the path's `v1` changes only when old clients would break. */
export const version = '0.1.0';
