/**
 * The scans and their jobs over HTTP. The controllers say what is asked for and what is
 * answered; what is refused is told as {@code application/problem+json}.
 */
@NullMarked
package dev.q.sample.web;

import org.jspecify.annotations.NullMarked;
