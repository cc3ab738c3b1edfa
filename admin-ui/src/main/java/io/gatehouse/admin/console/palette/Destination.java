package io.gatehouse.admin.console.palette;

import java.io.Serializable;

/**
 * Where the palette leads.
 *
 * @param kind in a word: "API"
 * @param detail what else it is found by, such as an id; may be empty
 * @param path within the console, without a leading slash
 */
public record Destination(String kind, String label, String detail, String path)
    implements Serializable {}
