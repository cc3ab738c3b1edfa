/**
 * Who may call: what decides at a method by resource policies, signatures, Lambda authorizers and
 * tokens of user pools. Whatever is unknown, unreadable, late or broken is a refusal. May not call
 * a backend by itself: it is handed what it asks.
 */
package io.gatehouse.runtime.auth;
