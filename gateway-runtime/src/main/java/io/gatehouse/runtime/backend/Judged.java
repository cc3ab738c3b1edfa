package io.gatehouse.runtime.backend;

import java.util.List;

/**
 * What the guard said of the addresses of a backend. It says the same of the same addresses, so
 * they are judged anew only when their names have been resolved anew.
 *
 * @param source what it was made of; the same object while that has not changed
 * @param allowed not empty
 * @param secure whether by TLS
 */
record Judged(Object source, BackendState state, List<AddressState> allowed, boolean secure) {}
