-- ARGV: ids. Returns what is known of each job that there is.
local views = {}
for i = 1, #ARGV do
  local seen = view(ARGV[i])
  if seen then
    views[#views + 1] = seen
  end
end
return views
