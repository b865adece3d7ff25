package dev.q.tour;

record Welcome(String address) {
}
