package io.gatehouse.admin.console.requests;

/**
 * A way to another screen.
 *
 * @param path within the console, with its query
 */
record Link(String label, String path) {}
