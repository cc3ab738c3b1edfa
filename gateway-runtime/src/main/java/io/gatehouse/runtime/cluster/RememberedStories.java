package io.gatehouse.runtime.cluster;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a node remembers of requests, in the member's user context, where the control plane's asks
 * find it.
 *
 * @param byId of a request to JSON; empty where there is nothing
 */
record RememberedStories(Function<String, Optional<String>> byId) {}
