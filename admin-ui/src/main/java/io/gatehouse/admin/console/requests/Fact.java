package io.gatehouse.admin.console.requests;

import java.util.Optional;

/**
 * Something that is known of a request.
 *
 * @param link to where it is set
 */
record Fact(String name, String value, Optional<Link> link) {}
