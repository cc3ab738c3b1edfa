/**
 * Regular expressions of tenants: what {@code java.util.regex} accepts and means, but every bit of
 * matching is paid for from a budget. A pattern is read into a tree ({@code Node}), the tree
 * becomes a program, an execution runs the program over one text. Knows no other package of ours
 * but {@code budget}.
 */
package io.gatehouse.runtime.pattern;
