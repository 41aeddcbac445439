/** How long a session keeps what it holds after its last call. */
export const SESSION_MINUTES = 10;
