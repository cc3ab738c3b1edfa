package io.gatehouse.runtime.exchange;

/** What an integration answered, its body perhaps still on the way. */
public record BackendResponse(int status, Headers headers, Body body) {}
